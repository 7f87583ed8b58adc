using System.Collections.Immutable;
using Groundswell.Core.Signals;
using Groundswell.Lab.Simulations.World;
using Groundswell.Ranking.Feed;

namespace Groundswell.Lab.Simulations.Audience;

/// <summary>One person with the app open: the page they hold, the view they are in, and how it has been so far.</summary>
internal sealed class Sitting(DateTimeOffset from)
{
    private const int Window = 6;
    private readonly List<int> _genres = new(Window);

    public DateTimeOffset From { get; } = from;
    public ImmutableArray<FeedItem> Page { get; set; } = [];
    public int Place { get; set; }
    public Slot? Slot { get; set; }
    public HiddenVideo? Video { get; set; }
    public Watched View { get; set; }

    public int Views { get; private set; }
    public int SkipsInARow { get; private set; }
    public double Points { get; set; }
    private double _appeal;

    /// <summary>Mean appeal of its views, against an average view.</summary>
    public double MeanAppeal => Views == 0 ? 0 : _appeal / Views;

    public void Watch(HiddenVideo video, Watched view)
    {
        Views++;
        _appeal += view.Appeal;
        SkipsInARow = view.Depth == Depth.Skipped ? SkipsInARow + 1 : 0;
        if (_genres.Count == Window) _genres.RemoveAt(0);
        _genres.Add(video.Genres[0].Genre);
    }

    /// <summary>How often the leading genre of a video was among the last few.</summary>
    public int Repeats(HiddenVideo video)
    {
        var repeats = 0;
        foreach (var genre in _genres)
            if (genre == video.Genres[0].Genre) repeats++;
        return repeats;
    }
}
