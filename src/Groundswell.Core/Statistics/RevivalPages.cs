using System.Text.Json.Serialization;
using Groundswell.Core.Experiments;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;

namespace Groundswell.Core.Statistics;

/// <summary>A page that held a revival, and what its viewer's views of it earned.</summary>
/// <param name="request">The request that it answered.</param>
/// <param name="video">The revived one.</param>
public sealed class RevivalPage(RequestId request, VideoId video)
{
    public RequestId Request => request;
    public VideoId Video => video;

    /// <summary>Of the revived video …</summary>
    [JsonInclude] public int Views { get; internal set; }
    [JsonInclude] public double Points { get; internal set; }

    /// <summary>… and of the videos that were there for their value.</summary>
    [JsonInclude] public int OtherViews { get; internal set; }
    [JsonInclude] public double OtherPoints { get; internal set; }

    [JsonIgnore] internal double Difference => (Points / Views) - (OtherPoints / OtherViews);
    [JsonIgnore] internal bool Compares => Views > 0 && OtherViews > 0;
}

/// <summary>What a revival's slot earned beside those of its page that a video of most value had: a fold over the ledger; the last <see cref="Most"/> pages are kept.</summary>
public sealed class RevivalPages
{
    public const int Most = 2_000;

    private Dictionary<RequestId, RevivalPage>? _byRequest;

    [JsonInclude] public List<RevivalPage> Pages { get; private set; } = [];

    private Dictionary<RequestId, RevivalPage> ByRequest => _byRequest ??= Pages.ToDictionary(page => page.Request);

    public void Fold(LedgerEntry entry)
    {
        if (entry is PageServed served) Fold(served);
        else if (entry is SignalRecorded { Disqualified: null, Slot: { } slot, Change.After.Resolved: true } signal && ByRequest.TryGetValue(slot.Request, out var page)) Fold(page, slot.Source, signal);
    }

    /// <summary>
    /// Points a view in revival slots against those in slots given for value on the same pages, by the same viewers in the same
    /// mood: most of what a revival displaces is such a slot. The interval is of a ratio whose units are the revived videos
    /// (the delta method), since views of one video are alike. It takes no account of places, nor of slots that never became a
    /// view, nor of the next best video being worth a little less than those shown: so it says whether a revival is watched as
    /// gladly, not what a session gains or loses.
    /// </summary>
    /// <returns>Null with fewer than two videos.</returns>
    public Uplift? Uplift()
    {
        var pages = Pages.FindAll(page => page.Compares);
        var videos = pages.GroupBy(page => page.Video).Select(of => (Over: of.Sum(page => page.Difference), Pages: of.Count())).ToArray();
        if (videos.Length < 2) return null;
        var sums = videos.Aggregate(default(RatioSums), (sums, video) => sums.Add(video.Over, video.Pages));
        return Statistics.Uplift.Of(
            pages.Average(page => page.Points / page.Views), pages.Average(page => page.OtherPoints / page.OtherViews),
            Math.Sqrt(sums.Variance(videos.Length) / (videos.Length - 1)));
    }

    private void Fold(PageServed served)
    {
        foreach (var slot in served.Slots)
        {
            if (slot.Source != SlotSource.Revival) continue;
            var page = new RevivalPage(served.Request, slot.Video);
            if (!ByRequest.TryAdd(page.Request, page)) return;
            Pages.Add(page);
            if (Pages.Count <= Most) return;
            ByRequest.Remove(Pages[0].Request);
            Pages.RemoveAt(0);
            return;
        }
    }

    private static void Fold(RevivalPage page, SlotSource source, SignalRecorded signal)
    {
        var views = signal.Change is { ResolvedNow: true } ? 1 : 0;
        var points = signal.PointsAfter - (views > 0 ? 0 : signal.PointsBefore);
        if (signal.Video == page.Video)
        {
            page.Views += views;
            page.Points += points;
        }
        else if (source.Competes())
        {
            page.OtherViews += views;
            page.OtherPoints += points;
        }
    }
}
