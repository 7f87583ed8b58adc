namespace Groundswell.Ranking.Learning;

/// <summary>Hashed keys of features; never 0, which is no key.</summary>
internal static class Keys
{
    /// <summary>The finaliser of MurmurHash3 (Appleby, 2011): every bit of the input moves every bit of the result.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCD;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }

    /// <summary>Of a name, the same in every process: FNV-1a (Fowler, Noll, Vo, 1991), mixed; never 0.</summary>
    public static ulong OfText(string text)
    {
        var key = 0xCBF29CE484222325UL;
        foreach (var letter in text) key = (key ^ letter) * 0x100000001B3;
        return Mix(key) | 1;
    }

    public static ulong Of(EffectGroup group, ulong first, ulong second = 0)
    {
        var key = Mix(Mix(((ulong)group + 1) * 0x9E3779B97F4A7C15 + first) + second);
        return key == 0 ? 1 : key;
    }
}
