namespace Groundswell.Core.Feed;

/// <summary>How a page is made.</summary>
/// <param name="PageDefault">Slots of a page when the request does not say.</param>
/// <param name="PageMost">Most slots of one page.</param>
/// <param name="Candidates">Candidates a personal source may bring.</param>
/// <param name="SourceBudgetMs">Time that one source may take of a page, which then goes on with what it has proposed: what is slower no longer feels immediate (Miller, 1968), and it is fifteen times what 99 of 100 whole pages need with a million videos.</param>
/// <param name="RandomShare">Share of slots filled uniformly at random, for off-policy evaluation.</param>
/// <param name="CreatorGap">The same creator does not come again within so many slots.</param>
/// <param name="GenreFatigue">Value lost for each of the last few videos with the same leading genre, as a share.</param>
/// <param name="FatigueWindow">How many recent videos fatigue looks at.</param>
/// <param name="SimilarityPenalty">Value lost to a candidate as like one already on the page as can be (MMR; Carbonell and Goldstein, 1998), as a share.</param>
/// <param name="TasteWeight">Log-odds that a full affinity adds to, or takes from, each positive action.</param>
/// <param name="VectorWeight">Log-odds that a content vector equal to the taste vector adds.</param>
/// <param name="ExplorationViews">A video's rates count as if so many more views at their prior had been seen.</param>
/// <param name="ProbeShare">Share of a new viewer's slots that probe genres not seen yet.</param>
/// <param name="ProbeViews">A viewer is probed until so many views are resolved, and on until some genre leads their taste, but never beyond three times as many.</param>
/// <param name="ExitPenalty">Points that a certain exit would cost.</param>
/// <param name="SkipPenalty">Points that a certain early skip would cost.</param>
/// <param name="CautionMost">How much dearer a skip or an exit is with a viewer who has done nothing but skip this session, as a factor; it grows with every video they skip, and 1 never makes it dearer.</param>
/// <param name="Personalised">Whether pages may use what is known of their viewer; without it, all are made as for viewers who have switched that off. An experiment that varies it measures what personalisation brings.</param>
/// <param name="Learned">Whether the learned model ranks, once it has earned trust; without it, rates and taste do.</param>
/// <param name="Refined">Candidates that the learned model looks at: the best by their rates and the viewer's taste.</param>
/// <param name="Optimism">How much of what finding out is worth counts for a video that is little known; 0 shows only what is known to be good.</param>
/// <param name="TrendCap">Highest factor a trend can lift a value by.</param>
public sealed record FeedRules(
    int PageDefault = 5,
    int PageMost = 20,
    int Candidates = 250,
    double RandomShare = 0.004,
    int CreatorGap = 3,
    double GenreFatigue = 0.06,
    int FatigueWindow = 8,
    double SimilarityPenalty = 0.25,
    double TasteWeight = 1.6,
    double VectorWeight = 0.6,
    double ExplorationViews = 20,
    double ProbeShare = 0.5,
    int ProbeViews = 12,
    double ExitPenalty = 6,
    double SkipPenalty = 3,
    double CautionMost = 3,
    double TrendCap = 1.25,
    bool Personalised = true,
    bool Learned = true,
    int Refined = 60,
    double Optimism = 1,
    int SourceBudgetMs = 100);
