using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Feed;
using Groundswell.Core.Genres;
using Groundswell.Core.Signals;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Learning;
using Groundswell.Ranking.Ranker;
using Groundswell.Ranking.Retrieval;
using Groundswell.Ranking.Sources;

namespace Groundswell.Ranking.Feed;

/// <summary>What every stage of one request may look at: the viewer, the catalogue as it stood, the rules and keyed chance.</summary>
public sealed class FeedContext
{
    private const int MostProbedFor = 3;

    public FeedContext(FeedRequest request, ViewerState viewer, LiveCatalogue catalogue, Rules rules, Taxonomy taxonomy, Chance chance)
    {
        Request = request;
        Viewer = viewer;
        Catalogue = catalogue;
        Shelf = catalogue.Shelf;
        Rates = catalogue.Rates;
        Rules = rules;
        Taxonomy = taxonomy;
        Chance = chance.For("feed").For(viewer.Id.Value).For(request.Id.Value);
        (Session, var sessionFrom) = StartsSession(viewer, request.Now) ? (viewer.Sessions + 1, request.Now) : (viewer.Sessions, viewer.SessionFrom ?? request.Now);
        PauseIn = viewer.Age == AgeClass.Teen ? rules.Teens.PauseIn(request.Now - sessionFrom) : null;
        Profiled = rules.Feed.Personalised && viewer.IsPersonalised(rules.Teens) && request.Mode != FeedMode.NonProfiled;
        // A cohort says what a viewer likes and where they are: without profiling it says neither.
        TastePoint = Profiled ? Core.Audience.TastePoint.Of(viewer.Taste, rules.Cohorts, rules.Taste) : [];
        Cohort = catalogue.Cohorts.Of(TastePoint, Profiled ? viewer.Region : null, viewer.Activity(rules.Cohorts));
        PanelChance = chance;
        ViewsADay = viewer.Taste.ViewsADay(request.Now, rules.Taste);
        Affinities = Profiled ? [.. Enumerable.Range(0, taxonomy.Count).Select(genre => (float)viewer.Affinity(genre, rules.Taste))] : new float[taxonomy.Count];
        TasteVector = Profiled ? UnitVector(viewer.Taste.Vector.AsSpan()) : [];
        _serving = rules.Feed.Learned ? catalogue.Ranker?.Serving : null;
        _viewerKey = Profiled && catalogue.Ranker is { } ranker ? ranker.KeyOf(viewer.Id) : 0;
        BatchSize = TestBatch.Size(catalogue.Audience.Weekly, rules.TestBatch);
        Panel = new Panel(catalogue.Audience.Strata, BatchSize, rules.TestBatch);
        // What they skip is of their taste too: without profiling a page is made as for anybody.
        Caution = Profiled ? Caution.Of(viewer, sessionFrom) : default;
        Probing = Profiled && viewer.Recent.Count < MostProbedFor * rules.Feed.ProbeViews && (viewer.Recent.Count < rules.Feed.ProbeViews || viewer.Taste.LeadingGenre(rules.Cohorts.LeadingAffinity, rules.Taste) is null);
    }

    private readonly LiveRanker.Published? _serving;
    private readonly ulong _viewerKey;
    private CohortOpinion? _opinion;
    private RandomPool? _randomPool;

    /// <summary>What a search of this thread has found, until the next one.</summary>
    [ThreadStatic] private static List<Found>? t_nearest;

    public FeedRequest Request { get; }
    public ViewerState Viewer { get; }
    public LiveCatalogue Catalogue { get; }
    public Shelf Shelf { get; }
    public RateTable Rates { get; }
    public Rules Rules { get; }
    public Taxonomy Taxonomy { get; }
    public Chance Chance { get; }
    public Cohort Cohort { get; }

    /// <summary>The taste as clusters are drawn from it; empty while it is undecided or may not be used.</summary>
    public float[] TastePoint { get; }

    /// <summary>Chance that does not depend on the request: whether a viewer is drawn into a panel stays the same from page to page.</summary>
    public Chance PanelChance { get; }

    /// <summary>How much the viewer watches.</summary>
    public double ViewsADay { get; }

    /// <summary>Number of the viewer's session that this page belongs to, from 1.</summary>
    public int Session { get; }

    /// <summary>How long until the viewer is to be offered a pause; null where they need none.</summary>
    public TimeSpan? PauseIn { get; }

    /// <summary>Whether taste may be used.</summary>
    public bool Profiled { get; }

    /// <summary>Affinity by genre, in [−1, 1]; all 0 without profiling.</summary>
    public float[] Affinities { get; }

    /// <summary>Unit vector in content space; empty while nothing is known.</summary>
    public float[] TasteVector { get; }

    /// <summary>Whether anything is known that a video could be near to.</summary>
    public bool HasTaste => TasteVector.Length > 0 || Affinities.AsSpan().ContainsAnyExcept(0);

    /// <summary>The learned model, while it may rank; the same for the whole page.</summary>
    public OnlineModel.Reading? Model => _serving?.Model;

    /// <summary>Who ranks, as it is logged.</summary>
    public string ModelVersion => _serving?.Version ?? ActionModel.Version;

    public int BatchSize { get; }

    /// <summary>Who is let into the panels of tests and revivals.</summary>
    public Panel Panel { get; }

    /// <summary>What the viewer's cohort thinks of the videos in waves.</summary>
    public CohortOpinion Opinion => _opinion ??= Shelf.Standing.OpinionOf(Cohort);

    /// <summary>What a random slot may hold.</summary>
    public RandomPool RandomPool => _randomPool ??= new RandomPool(this);

    /// <summary>How many of the nearest a source asks for: as many more as the filters may remove again, so that a long list of exclusions cannot empty a page.</summary>
    public int Wanted => Rules.Feed.Candidates + Request.Exclude.Count + Viewer.ServedInSession.Count;

    /// <summary>Where the viewer is, as far as they agree to say it: trends there count besides those of everywhere.</summary>
    public int Region => Cohort.Region?.Number ?? Regions.Everywhere;

    /// <summary>The viewer's taste is not known yet: some slots ask about genres they have not met.</summary>
    public bool Probing { get; }

    /// <summary>The page is in the order of its source: no value moves anything on it.</summary>
    public bool IsChronological => Request.Mode is FeedMode.Latest or FeedMode.Following;

    /// <summary>How much the viewer seems about to leave.</summary>
    public Caution Caution { get; }

    /// <summary>What the learned model may know of a video put before this viewer.</summary>
    internal Exposure ExposureOf(VideoState video, double taste) => Exposures.Of(_viewerKey, video, Cohort, Request.Mode, taste, Request.Now);

    /// <summary>… and of the same video put before anybody.</summary>
    internal Exposure AnybodysExposureOf(VideoState video) => Exposures.Of(viewer: 0, video, Cohort, Request.Mode, taste: 0, Request.Now);

    /// <summary>This week's viewers whom the video has not met: how many what one finds out of it may still serve.</summary>
    public int ViewersToCome(VideoState video) => Math.Max(0, Catalogue.Audience.Weekly - video.Evidence.Totals.Impressions);

    /// <summary>Whether the viewer is old enough for a video, by their own word: who says nothing is not.</summary>
    public bool IsOldEnough(VideoState video) => !video.AdultsOnly || Viewer.Age == AgeClass.Adult;

    /// <summary>Affinity to a video: its genre mix times the viewer's affinities.</summary>
    public double AffinityTo(VideoState video)
    {
        if (video.Analysis is not { } analysis || analysis.Genres.Leading is null) return 0;
        var weights = analysis.Genres.Weights.AsSpan();
        var both = Math.Min(weights.Length, Affinities.Length);
        return TensorPrimitives.Dot(weights[..both], Affinities.AsSpan(0, both));
    }

    /// <summary>The videos of an index that are nearest to the viewer's taste, the nearest first.</summary>
    public IEnumerable<VideoCell> Nearest(NearIndex index, int most, Func<VideoCell, bool> taken)
    {
        Span<float> query = stackalloc float[Shelf.Near.Space.Width];
        Shelf.Near.Space.Ask(TasteVector, Affinities, query);
        // Asking of each whether it may be taken means a look at it; so first some more than are wanted, and then those alone.
        var some = most + Math.Min(most / 2, Viewer.Views.Count);
        var nearest = t_nearest ??= [];
        index.Search(query, some, null, nearest);
        var all = nearest.Count < some;
        Fetch(nearest);
        nearest.RemoveAll(found => !taken((VideoCell)found.Item));
        if (nearest.Count < most && !all) index.Search(query, most, item => taken((VideoCell)item), nearest);
        return nearest.Take(most).Select(found => (VideoCell)found.Item);
    }

    /// <summary>Reads once what a first look at each will read: so the processor waits for many videos at a time, and not for one after another.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float Fetch(List<Found> cells)
    {
        var read = 0f;
        foreach (var cell in cells)
        {
            var video = ((VideoCell)cell.Item).State;
            read += (int)video.Stage + video.Evidence.Exits + video.Evidence.Totals.Views + video.Evidence.Actions.Like + video.DurationMs;
            if (video.Analysis is not { } analysis) continue;
            read += analysis.Genres.Weights[^1] + analysis.Vector[0] + analysis.Vector[16] + analysis.Vector[32] + analysis.Vector[48] + analysis.Vector[^1];
        }
        return read;
    }

    private static bool StartsSession(ViewerState viewer, DateTimeOffset now) => viewer.LastAt is not { } last || now - last > ViewerState.SessionGap;

    private static float[] UnitVector(ReadOnlySpan<float> sum)
    {
        var norm = TensorPrimitives.Norm(sum);
        if (norm < 1e-6f) return [];
        var unit = new float[sum.Length];
        TensorPrimitives.Divide(sum, norm, unit);
        return unit;
    }
}
