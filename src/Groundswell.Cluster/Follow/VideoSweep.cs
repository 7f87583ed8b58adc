using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;

namespace Groundswell.Cluster.Follow;

/// <summary>
/// Looks at every video now and then for what time alone brings due: cool-down and revival. It looks at some of them at a time,
/// so that a large catalogue does not keep the follower from what is new.
/// </summary>
internal sealed class VideoSweep(LiveCatalogue catalogue, Action<VideoState> look)
{
    /// <summary>Some fifty milliseconds' work.</summary>
    private const int AtOnce = 20_000;

    private static readonly TimeSpan Between = TimeSpan.FromMinutes(10);

    private DateTimeOffset _last = DateTimeOffset.MinValue;
    private IEnumerator<VideoState>? _left;

    /// <summary>Looks at all of them now.</summary>
    public void Whole()
    {
        foreach (var video in catalogue.InTurn()) look(video);
    }

    /// <summary>Goes on with the sweep under way, or begins one when it is time.</summary>
    public void WhenTime(DateTimeOffset now)
    {
        if (_left is not null) GoOn();
        else if (now - _last > Between) Begin(now);
    }

    /// <summary>Begins with the first of them, also where a sweep is under way.</summary>
    public void Begin(DateTimeOffset now)
    {
        (_last, _left) = (now, catalogue.InTurn().GetEnumerator());
        GoOn();
    }

    private void GoOn()
    {
        for (var looked = 0; looked < AtOnce && _left is { } left; looked++)
        {
            if (left.MoveNext()) look(left.Current);
            else _left = null;
        }
    }
}
