using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Lab.Simulations.Audience;
using Groundswell.Lab.Simulations.Creators;
using Groundswell.Lab.Simulations.World;

namespace Groundswell.Lab.Simulations.Measuring;

/// <summary>
/// Watches a world from outside, from a moment on: it sees every entry, and knows what every video really is. Figures of
/// views and slots count what happens after that moment; figures of uploads count what was uploaded after it.
/// </summary>
internal sealed class Gauge(DateTimeOffset from)
{
    private readonly Dictionary<VideoId, VideoTrack> _tracks = [];

    public DateTimeOffset From { get; } = from;

    /// <summary>By measured day.</summary>
    public List<DayTally> Days { get; } = [];
    public IReadOnlyCollection<VideoTrack> Tracks => _tracks.Values;
    public long[] SlotsBySource { get; } = new long[Enum.GetValues<SlotSource>().Length];
    public long[] ViewsBySource { get; } = new long[Enum.GetValues<SlotSource>().Length];
    public double[] PointsBySource { get; } = new double[Enum.GetValues<SlotSource>().Length];

    /// <summary>Told of everybody who meets a video of a creator.</summary>
    public Action<CreatorId, DateTimeOffset>? Met { get; set; }

    /// <summary>Told of every entry.</summary>
    public Action<LedgerEntry>? Entered { get; set; }

    /// <summary>Told of every view when it begins: who, in which sitting, when.</summary>
    public Action<Person, Sitting, DateTimeOffset>? Begun { get; set; }

    /// <summary>What a view of a video truly earns among the viewers of some clusters of taste.</summary>
    public Func<HiddenVideo, ImmutableArray<int>, double>? Among { get; set; }

    public long AllViews { get; private set; }
    public long Views { get; private set; }
    public double Points { get; private set; }
    public long EarlySkips { get; private set; }
    public long Exits { get; private set; }
    public long Disqualified { get; private set; }
    public long Sessions { get; private set; }
    public double SessionPoints { get; private set; }
    public long SessionViews { get; private set; }
    public long EmptySessions { get; private set; }
    public long Lapses { get; private set; }

    public VideoTrack Track(HiddenVideo video, DateTimeOffset at, bool driven)
    {
        var track = new VideoTrack(video, at) { IsDriven = driven };
        _tracks.Add(video.Id, track);
        return track;
    }

    public HiddenVideo Hidden(VideoId video) => _tracks[video].Video;

    public void See(LedgerEntry entry)
    {
        Entered?.Invoke(entry);
        switch (entry)
        {
            case PageServed page when page.At >= From:
                foreach (var slot in page.Slots) SlotsBySource[(int)slot.Source]++;
                break;
            case SignalRecorded signal: See(signal); break;
            case VideoMoved moved: See(moved); break;
        }
    }

    public void SeeSession(Sitting sitting, bool lapsed)
    {
        if (sitting.From < From) return;
        var day = DayOf(sitting.From);
        day.Sessions++;
        day.SessionPoints += sitting.Points;
        Sessions++;
        SessionPoints += sitting.Points;
        SessionViews += sitting.Views;
        if (sitting.Views == 0) EmptySessions++;
        if (lapsed) Lapses++;
    }

    private void See(SignalRecorded signal)
    {
        var counts = signal.At >= From;
        if (signal.Disqualified is not null)
        {
            if (counts) Disqualified++;
            return;
        }
        if (signal.Change is not { } change) return;
        if (change.ResolvedNow) AllViews++;
        if (change.FirstImpression && _tracks.TryGetValue(signal.Video, out var track))
        {
            track.Impressions++;
            Met?.Invoke(signal.Creator, signal.At);
        }
        if (!counts || !change.After.Resolved) return;
        var points = signal.PointsAfter - (change.ResolvedNow ? 0 : signal.PointsBefore);
        Points += points;
        if (signal.Slot is { } slot) PointsBySource[(int)slot.Source] += points;
        if (!change.ResolvedNow) return;
        Views++;
        EarlySkips += change.After.EarlySkip ? 1 : 0;
        Exits += change.After.Exited ? 1 : 0;
        var day = DayOf(signal.At);
        day.Views++;
        day.Exits += change.After.Exited ? 1 : 0;
        if (signal.Slot is { } served) ViewsBySource[(int)served.Source]++;
    }

    private DayTally DayOf(DateTimeOffset at)
    {
        var day = (int)(at - From).TotalDays;
        while (Days.Count <= day) Days.Add(new DayTally());
        return Days[day];
    }

    private void See(VideoMoved moved)
    {
        if (!_tracks.TryGetValue(moved.Video, out var track)) return;
        track.Steps.Add(new Step(moved.At, moved.To, moved.Wave));
        if (moved.From == VideoStage.Testing) track.Score ??= moved.Reason.Numbers.GetValueOrDefault("score");
        if (moved.From == VideoStage.Testing && moved.To != VideoStage.Testing && track.VerdictAt is null) (track.VerdictAt, track.TrialImpressions) = (moved.At, track.Impressions);
        if (moved.Niche is { } niche) See(track, moved, niche);
        else if (moved.To == VideoStage.Open || (moved.To == VideoStage.Widening && moved.Wave >= 2)) track.Reached = true;
    }

    private void See(VideoTrack track, VideoMoved moved, ImmutableArray<int> niche)
    {
        track.NicheSought = true;
        if (moved.Reason.Code == ReasonCode.NicheFound && Among is { } among)
            track.Niche = new FoundNiche(among(track.Video, niche), moved.Reason.Numbers.GetValueOrDefault("gate"));
    }
}

/// <summary>Counts of one measured day.</summary>
internal sealed class DayTally
{
    public long Views { get; set; }
    public long Exits { get; set; }
    public long Sessions { get; set; }
    public double SessionPoints { get; set; }
}
