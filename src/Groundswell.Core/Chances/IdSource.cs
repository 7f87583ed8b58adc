using System.Security.Cryptography;

namespace Groundswell.Core.Chances;

/// <summary>Where new ids come from: unguessable in a live server, seeded in a simulation or a test. Safe for concurrent use.</summary>
public sealed class IdSource
{
    private readonly Chance? _seeded;
    private long _count;

    private IdSource(Chance? seeded) => _seeded = seeded;

    /// <summary>63 bits from the operating system for each id.</summary>
    public static IdSource Unguessable() => new(null);

    /// <summary>The same ids in the same order for the same seed.</summary>
    public static IdSource Seeded(ulong seed) => new(new Chance(seed).For("ids"));

    public TId Next<TId>() where TId : struct, IId<TId> => TId.From(NextBits());

    private long NextBits()
    {
        if (_seeded is { } chance) return (long)(chance.For(Interlocked.Increment(ref _count)).Bits() >> 1);
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToInt64(bytes) & long.MaxValue;
    }
}
