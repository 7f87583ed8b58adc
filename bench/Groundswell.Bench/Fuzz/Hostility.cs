using System.IO.Compression;
using System.Text;
using Groundswell.Core.Chances;

namespace Groundswell.Bench.Fuzz;

/// <summary>One request as bytes on a connection.</summary>
/// <param name="Closes">The server may close it without an answer: what was sent is no whole HTTP request.</param>
internal sealed record RawRequest(string Kind, byte[] Head, byte[] Body, bool Closes)
{
    public override string ToString() => $"{Kind}: {Printable(Head)}{Printable(Body.AsSpan(0, Math.Min(Body.Length, 600)))}{(Body.Length > 600 ? $"… ({Body.Length} bytes)" : "")}";

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var b in bytes) text.Append(b is >= 32 and < 127 or 10 ? $"{(char)b}" : $"\\x{b:x2}");
        return text.ToString();
    }
}

/// <summary>What somebody will send: a good body made bad, or a bad request round a good body.</summary>
internal static class Hostility
{
    private const int MostBytes = 1 << 20;

    private static readonly string[] Values =
    [
        "NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9223372036854775808", "-9223372036854775809", "123456789012345678901234567890", "0.1e-400", "-0", "01", "+1", "1.", ".5",
        "\"\\ud800\"", "\"\\udfff\\ud800\"", "\"\\u0000\"", "\"\\x\"", "null", "true", "[]", "{}", "[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59.9999999-14:00\"",
        "\"2026-02-30T00:00:00Z\"", "\"2026-11-24\"", "\"v_\"", "\"v_zzzzzzzzzzzzz\"", "\"u_0000000000001\"", "\"like,share\"", "\"LIKE\"", "4294967296", "\"🎉\"", "/* c */ 1", "'x'", "\"\u202e\"",
    ];

    private static readonly string[] Types =
    [
        "application/json", "application/json; charset=utf-16", "application/json; charset=nonsense", "application/x-ndjson", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
        "multipart/form-data; boundary=x", "application/json, text/html", "", "/", "application/problem+json", "application/octet-stream", "a/b; c=\"",
    ];

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Content-Encoding", "gzip"), ("Content-Encoding", "br, gzip"), ("Transfer-Encoding", "gzip, chunked"), ("Expect", "100-continue"), ("Expect", "nonsense"), ("X-Device-Token", "forged"),
        ("X-Device-Token", ""), ("Authorization", "Bearer x"), ("Authorization", "Basic eDp5"), ("Authorization", "Bearer"), ("Cookie", "gs_session=x; gs_csrf=y"), ("Cookie", ";;;==="), ("X-HTTP-Method-Override", "DELETE"),
        ("Accept", "nonsense"), ("Accept-Language", "\u00e9\u00e9"), ("X-Forwarded-For", "127.0.0.1, ::1"), ("Host", "elsewhere"), ("Origin", "null"), ("Range", "bytes=0-"), ("If-None-Match", "*"), ("Upgrade", "websocket"),
    ];

    /// <summary>The request of a number: the same for the same chance.</summary>
    /// <param name="good">A body that the document allows.</param>
    public static RawRequest Request(string path, byte[] good, string device, Chance chance)
    {
        var kind = chance.For("kind").Below(20);
        return kind switch
        {
            0 => Plain("good", path, good, device),
            <= 4 => Plain("bytes", path, Spoilt(good, chance), device, chance.For("lines").Hits(0.2) ? "application/x-ndjson" : "application/json"),
            <= 8 => Plain("values", path, Revalued(good, chance), device),
            9 => Plain("nesting", path, Nested(path, good, chance), device),
            10 => Plain("keys twice", path, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(good).Replace("\":", "\":1,\"event_id\":", StringComparison.Ordinal)), device),
            11 => Plain("type", path, good, device, Types[chance.For("type").Below(Types.Length)]),
            12 => Plain("lines", path, Lines(good, chance), device, "application/x-ndjson"),
            13 => Truncated(path, good, device, chance),
            14 => Plain("oversized", path, Oversized(path, chance), device),
            15 => Plain("bomb", path, Bomb(chance), device, "application/json", ("Content-Encoding", "gzip")),
            16 or 17 => Plain("header", path, good, device, "application/json", Headers[chance.For("header").Below(Headers.Length)]),
            18 => Chunked(path, good, device, chance),
            _ => BrokenHead(path, good, device, chance),
        };
    }

    private static RawRequest Plain(string kind, string path, byte[] body, string device, string type = "application/json", params (string Name, string Value)[] more)
    {
        var closes = more.Any(header => header.Name is "Transfer-Encoding" or "Host" or "Accept-Language");
        return new RawRequest(kind, Head(path, device, type, [("Content-Length", $"{body.Length}"), .. more]), body, closes || body.Length > MostBytes);
    }

    private static byte[] Head(string path, string device, string type, params (string Name, string Value)[] headers)
    {
        var head = new StringBuilder($"POST {path} HTTP/1.1\r\n");
        if (!headers.Any(header => header.Name == "Host")) head.Append("Host: 127.0.0.1\r\n");
        if (!headers.Any(header => header.Name == "X-Device-Token")) head.Append($"X-Device-Token: {device}\r\n");
        head.Append($"Content-Type: {type}\r\nConnection: close\r\n");
        foreach (var (name, value) in headers) head.Append($"{name}: {value}\r\n");
        return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
    }

    private static byte[] Spoilt(byte[] good, Chance chance)
    {
        var bytes = good.ToList();
        for (var change = 0; change < 1 + chance.For("changes").Below(5); change++)
        {
            var one = chance.For("change").For(change);
            var at = one.For("at").Below(bytes.Count + 1);
            switch (one.For("how").Below(5))
            {
                case 0 when at < bytes.Count: bytes[at] = (byte)one.For("byte").Below(256); break;
                case 1: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Values[one.For("value").Below(Values.Length)])); break;
                case 2 when at < bytes.Count: bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + one.For("length").Below(20))); break;
                case 3: bytes.InsertRange(at, [0xff, 0xc0, 0x80, 0xed, 0xa0, 0x80]); break;
                default: bytes.InsertRange(at, bytes.GetRange(Math.Min(at, bytes.Count), Math.Min(bytes.Count - at, 1 + one.For("length").Below(80)))); break;
            }
        }
        return [.. bytes];
    }

    /// <summary>Puts a hostile value where a value was.</summary>
    private static byte[] Revalued(byte[] good, Chance chance)
    {
        var text = Encoding.UTF8.GetString(good);
        int[] colons = [.. text.Index().Where(pair => pair.Item == ':' && pair.Index > 0 && text[pair.Index - 1] == '"').Select(pair => pair.Index)];
        if (colons.Length == 0) return Encoding.UTF8.GetBytes(Values[chance.For("value").Below(Values.Length)]);
        var at = colons[chance.For("colon").Below(colons.Length)] + 1;
        var end = at;
        var quoted = false;
        while (end < text.Length && (quoted || text[end] is not (',' or '}' or ']')))
        {
            if (text[end] == '"' && text[end - 1] != '\\') quoted = !quoted;
            end++;
        }
        return Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, at), Values[chance.For("value").Below(Values.Length)], text.AsSpan(end)));
    }

    private static byte[] Nested(string path, byte[] good, Chance chance)
    {
        var deep = 1 + chance.For("deep").Below(20_000);
        var (open, close) = chance.For("how").Hits(0.5) ? ("[", "]") : ("{\"a\":", "}");
        var nest = $"{string.Concat(Enumerable.Repeat(open, deep))}1{(chance.For("closed").Hits(0.7) ? string.Concat(Enumerable.Repeat(close, deep)) : "")}";
        return path.EndsWith("feed", StringComparison.Ordinal) || chance.For("bare").Hits(0.5)
            ? Encoding.UTF8.GetBytes(nest)
            : Encoding.UTF8.GetBytes($"[{{\"event_id\":\"a\",\"props\":{nest}}},{Encoding.UTF8.GetString(good).TrimStart('[')}");
    }

    private static byte[] Lines(byte[] good, Chance chance)
    {
        var text = Encoding.UTF8.GetString(good).Trim('[', ']').Replace("},{", "}\n{", StringComparison.Ordinal);
        string[] ends = ["\n", "\r\n", "\n\n\n", "\0\n", "\u2028", ""];
        return Spoilt(Encoding.UTF8.GetBytes(text + ends[chance.For("end").Below(ends.Length)] + text), chance.For("spoilt"));
    }

    private static RawRequest Truncated(string path, byte[] good, string device, Chance chance)
    {
        var sent = good[..chance.For("sent").Below(good.Length + 1)];
        return new RawRequest("truncated", Head(path, device, "application/json", ("Content-Length", $"{good.Length + 1 + chance.For("more").Below(1000)}")), sent, Closes: true);
    }

    private static byte[] Oversized(string path, Chance chance)
    {
        var size = MostBytes - 200 + chance.For("size").Below(MostBytes);
        var body = new byte[size];
        Array.Fill(body, (byte)' ');
        (path.EndsWith("feed", StringComparison.Ordinal) ? "{}"u8 : "[]"u8).CopyTo(body);
        return body;
    }

    /// <summary>Little on the wire, ten megabytes when it is unpacked.</summary>
    private static byte[] Bomb(Chance chance)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var block = new byte[1 << 20]; packed.Length < 1 + chance.For("bytes").Below(40_000);) gzip.Write(block);
        return packed.ToArray();
    }

    private static RawRequest Chunked(string path, byte[] good, string device, Chance chance)
    {
        var body = new MemoryStream();
        for (var at = 0; at < good.Length;)
        {
            var size = Math.Min(good.Length - at, 1 + chance.For("chunk").For(at).Below(200));
            body.Write(Encoding.ASCII.GetBytes($"{size:x}\r\n"));
            body.Write(good.AsSpan(at, size));
            body.Write("\r\n"u8);
            at += size;
        }
        var whole = chance.For("whole").Hits(0.6);
        if (whole) body.Write("0\r\n\r\n"u8);
        else body.Write(Encoding.ASCII.GetBytes(chance.For("end").Hits(0.5) ? "ffffffffffffffff\r\n" : "zz\r\n"));
        return new RawRequest("chunks", Head(path, device, "application/json", ("Transfer-Encoding", "chunked")), body.ToArray(), Closes: !whole);
    }

    private static RawRequest BrokenHead(string path, byte[] good, string device, Chance chance)
    {
        var length = $"Content-Length: {good.Length}\r\n";
        var head = chance.For("how").Below(9) switch
        {
            0 => $"POST {path} HTTP/1.1\r\nHost: a\r\nHost: b\r\n{length}\r\n",
            1 => $"POST {path} HTTP/9.9\r\nHost: a\r\n{length}\r\n",
            2 => $"POST {path}?{new string('q', 9_000)} HTTP/1.1\r\nHost: a\r\n{length}\r\n",
            3 => $"POST {path} HTTP/1.1\r\nHost: a\r\nX: {new string('h', 40_000)}\r\n{length}\r\n",
            4 => $"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            5 => $"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
            6 => $"POST {path} HTTP/1.1\r\nHost: a\r\nX-Device-Token: {device}\r\nX-Device-Token: {device}\r\nContent-Type: application/json\r\nConnection: close\r\n{length}\r\n",
            7 => $"POST {path}/%00/..%2f..%2fetc HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{length}\r\n",
            _ => $"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{length}\r\n",
        };
        return new RawRequest("head", Encoding.ASCII.GetBytes(head), good, Closes: true);
    }
}
