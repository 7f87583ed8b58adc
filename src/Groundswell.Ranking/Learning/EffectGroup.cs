namespace Groundswell.Ranking.Learning;

/// <summary>What an effect speaks of. Effects of one group are drawn from one distribution.</summary>
internal enum EffectGroup
{
    // Everybody's: they move with every view.
    Everyone,
    Surface,
    Length,
    SurfaceAndLength,
    Hour,
    Video,
    Creator,
    Sound,
    Topic,
    Kind,
    Age,
    Hashtag,
    Trait,

    // One viewer's: see ViewerEffects.
    Viewer,
    ViewerOnSurface,
    ViewerAndLength,
    ViewerAndTopic,
    ViewerAndCreator,

    // No effect: the key of what one made of a video before.
    ViewerAndVideo,
}

internal static class EffectGroups
{
    public const int Population = (int)EffectGroup.Trait + 1;

    public const int OfViewer = (int)EffectGroup.ViewerAndCreator + 1 - Population;

    /// <summary>Slots that an exposure has for traits.</summary>
    public const int Traits = 6;

    /// <summary>… and for hashtags.</summary>
    public const int Hashtags = 3;

    /// <summary>
    /// Variance of a group's effects in log-odds before anything is known: how far apart one expects two of its members to be.
    /// Videos, surfaces and viewers differ most; what is crossed says less by itself. Orders of magnitude: a few views overrule
    /// them, and results on real logs hardly move when those of viewers, videos or what is crossed with a viewer are doubled.
    /// </summary>
    public static float PriorVariance(EffectGroup group) => group switch
    {
        EffectGroup.Everyone or EffectGroup.Surface or EffectGroup.Video => 1,
        EffectGroup.Viewer => 0.6f,
        EffectGroup.Length => 0.5f,
        EffectGroup.SurfaceAndLength or EffectGroup.ViewerOnSurface or EffectGroup.ViewerAndLength or EffectGroup.ViewerAndCreator => 0.2f,
        EffectGroup.Creator or EffectGroup.Topic or EffectGroup.Kind or EffectGroup.ViewerAndTopic => 0.1f,
        _ => 0.05f,
    };
}
