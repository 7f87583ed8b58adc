using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Sources;

/// <summary>
/// What a random slot of one request may hold: open videos that its viewer may see and has not met. How many they are is
/// known without looking at each: all open ones, less those few that this viewer is barred from.
/// </summary>
public sealed class RandomPool
{
    /// <summary>After so many a viewer has most likely seen nearly everything, and what is left is counted out.</summary>
    private const int MostDraws = 200;

    private readonly FeedContext _context;
    private readonly CellList _open;
    private readonly CellList _forAdults;
    private readonly HashSet<VideoId> _barred = [];

    public RandomPool(FeedContext context)
    {
        _context = context;
        _open = context.Shelf.In(VideoStage.Open);
        _forAdults = context.Viewer.Age == AgeClass.Adult ? CellList.Empty : context.Shelf.OpenForAdults;
        Count = _open.Count - _forAdults.Count - Met().Count(Bars);
    }

    public int Count { get; }

    /// <summary>Probability that a page has a random slot, where there is anything to draw.</summary>
    public static double OnPage(FeedContext context) => Math.Min(1, context.Rules.Feed.RandomShare * context.Request.Count);

    /// <summary>Probability with which one of them is drawn for one of so many places.</summary>
    public double Propensity(int places = 1) => OnPage(_context) * places / _context.Request.Count / Math.Max(1, Count);

    public bool Holds(VideoCell cell) => _open.Contains(cell) && IsFree(cell);

    /// <summary>One of them, each as likely as any other. Only where there is any.</summary>
    public VideoCell Drawn(Chance chance) =>
        // Nearly everything is barred: then the rest is few.
        Tried(chance) ?? _open.Where(IsFree).ElementAt(chance.Below(Count));

    /// <summary>One of them and others drawn uniformly, so many in all: every such set that holds it is as likely as any other. All of them where they are no more.</summary>
    public ImmutableArray<VideoCell> Sample(VideoCell with, int most, Chance chance)
    {
        if (Count <= most) return [.. _open.Where(IsFree)];
        var sample = new HashSet<VideoCell> { with };
        for (var draw = 0; sample.Count < most; draw++) sample.Add(Drawn(chance.For(draw)));
        return [.. sample];
    }

    /// <summary>Drawn among all until a free one comes: so each is as likely as any other.</summary>
    private VideoCell? Tried(Chance chance)
    {
        for (var draw = 0; draw < MostDraws; draw++)
            if (_open[chance.For(draw).Below(_open.Count)] is var cell && IsFree(cell)) return cell;
        return null;
    }

    private bool IsFree(VideoCell cell) => !_barred.Contains(cell.Id) && !_forAdults.Contains(cell);

    /// <summary>Bars a video that would be in the pool without it.</summary>
    private bool Bars(VideoId id) => _context.Shelf.Find(id) is { } cell && _open.Contains(cell) && IsFree(cell) && _barred.Add(id);

    /// <summary>What the viewer has met or made, and what their app holds: the filters would take it off the page again.</summary>
    private IEnumerable<VideoId> Met()
    {
        var (viewer, request) = (_context.Viewer, _context.Request);
        var own = request.OwnCreator is { } creator ? viewer.OwnCreators.Append(creator) : viewer.OwnCreators;
        return viewer.Views.Keys
            .Concat(viewer.ServedInSession.Where(served => request.Now - served.Value <= ViewerState.SessionGap).Select(served => served.Key))
            .Concat(request.Exclude)
            .Concat(own.SelectMany(_context.Shelf.Of).Select(cell => cell.Id))
            .Concat(request.StartWith is { } first ? [first] : []);
    }
}
