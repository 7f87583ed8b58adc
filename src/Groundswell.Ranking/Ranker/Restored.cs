using Groundswell.Ranking.Learning;

namespace Groundswell.Ranking.Ranker;

/// <summary>What became of a saved ranker.</summary>
/// <param name="Fit">How the model that was saved fits into this one; meaningless where there is a <paramref name="Why"/>.</param>
/// <param name="Why">Why it begins anew; null where it goes on.</param>
public sealed record Restored(Fit Fit, string? Why = null)
{
    public static Restored Anew(string why) => new(default, why);

    /// <summary>For the log of a start.</summary>
    public string Sentence => (Why, Fit.Resized) switch
    {
        ({ } why, _) => $"It begins anew: {why.TrimEnd('.')}.",
        (_, true) => $"It was saved at another size and goes on in this one; {Fit.LeftOut} of its rows, those met longest ago, found no room.",
        _ => "It goes on from where it was saved.",
    };
}
