using System.Collections.Concurrent;
using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Retrieval;

namespace Groundswell.Ranking.Catalogue;

/// <summary>Keeps the shelf in step with the catalogue: what a video's move or a view costs does not grow with the number of videos.</summary>
internal sealed class ShelfWriter(int genres)
{
    private readonly ConcurrentDictionary<CreatorId, ImmutableArray<VideoCell>> _byCreator = [];
    private readonly NearIndexes _near = NearIndexes.Of(genres);
    private readonly HashSet<VideoCell> _moved = [], _watched = [];
    private CellList _openForAdults = CellList.Empty;
    private ImmutableArray<CellList> _byStage = [.. Enum.GetValues<VideoStage>().Select(_ => CellList.Empty)];

    /// <summary>Every video, servable or not: read for every signal while the writer folds, so a lock would make all viewers wait for it.</summary>
    public ConcurrentDictionary<VideoId, VideoCell> Videos { get; } = [];

    /// <summary>Whether any video has changed its stage or its age since the shelf was made.</summary>
    public bool IsStale => _moved.Count > 0;

    public Shelf Make(Standing standing) => new(_byStage, _openForAdults, _near, standing, Videos, _byCreator);

    /// <summary>A video that was not there before.</summary>
    public void Add(VideoCell cell)
    {
        Videos[cell.Id] = cell;
        _byCreator.AddOrUpdate(cell.State.Creator, static (_, added) => [added], static (_, all, added) => all.Add(added), cell);
        _moved.Add(cell);
    }

    public void Moved(VideoCell cell) => _moved.Add(cell);

    public void Watched(VideoCell cell) => _watched.Add(cell);

    /// <summary>Puts every video that has moved where it belongs now.</summary>
    public void Place()
    {
        var (gone, come) = (_byStage.Select(_ => new List<VideoCell>()).ToArray(), _byStage.Select(_ => new List<VideoCell>()).ToArray());
        Span<float> row = stackalloc float[_near.Space.Width];
        // By id: where a row comes to lie in an index depends on their order.
        foreach (var cell in _moved.OrderBy(cell => cell.Id.Value))
        {
            var (from, state) = (cell.ShelvedIn, cell.State);
            VideoStage? to = state.Stage.IsServable() ? state.Stage : null;
            if (from == to) continue;
            if (from is { } left)
            {
                gone[(int)left].Add(cell);
                _near.Of(left)?.Remove(cell);
            }
            cell.ShelvedIn = to;
            if (to is not { } entered) continue;
            come[(int)entered].Add(cell);
            if (_near.Of(entered) is not { } index) continue;
            _near.Space.Fill(state, row);
            index.Add(cell, row);
        }
        PlaceForAdults();
        _moved.Clear();
        _byStage = [.. _byStage.Select((list, stage) => list.With(gone[stage], come[stage]))];
    }

    private void PlaceForAdults()
    {
        var changed = _moved.Where(cell => cell.ShelvedForAdults != IsForAdults(cell)).ToLookup(IsForAdults);
        _openForAdults = _openForAdults.With([.. changed[false]], [.. changed[true]]);
        foreach (var cell in changed.SelectMany(cells => cells)) cell.ShelvedForAdults = !cell.ShelvedForAdults;

        static bool IsForAdults(VideoCell cell) => cell is { ShelvedIn: VideoStage.Open, State.AdultsOnly: true };
    }

    /// <summary>Tells the indexes how good what was watched since has turned out to be.</summary>
    public void Reassess()
    {
        foreach (var cell in _watched)
            if (cell.ShelvedIn is { } stage) _near.Of(stage)?.Touch(cell, _near.Space.Width - 1, JointSpace.Quality(cell.State.Evidence.Totals));
        _watched.Clear();
    }
}
