using Groundswell.Core;
using Groundswell.Core.Boosts;

namespace Groundswell.Cluster.Boosts;

/// <summary>All boosts: the only place where they begin and end, so that no more run than may. There is one such grain, with the key 0.</summary>
[Alias("boosts")]
public interface IBoostsGrain : IGrainWithIntegerKey
{
    [Alias("begin")]
    Task<BoostAnswer> Begin(VideoId video, BoostWish wish, string by);

    /// <summary>Ends a boost; one that is over stays as it is.</summary>
    [Alias("end")]
    Task<BoostAnswer> End(BoostId boost, string? note, string by);
}

/// <summary>The boost as it is now, or why there is none; neither, when the video or the boost does not exist.</summary>
public sealed record BoostAnswer(Boost? Boost, Objection? Objection);
