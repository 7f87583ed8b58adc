using System.Collections.Immutable;
using Groundswell.Core;

namespace Groundswell.Lab.Simulations.Creators;

/// <summary>Someone who uploads.</summary>
/// <param name="Talent">Standard normal, hidden from the engine.</param>
/// <param name="UploadsPerDay">Mean cadence.</param>
/// <param name="Genres">What they are about, the first most.</param>
internal sealed class Maker(CreatorId id, long number, double talent, double uploadsPerDay, ImmutableArray<int> genres, DateTimeOffset arrivesAt)
{
    public const int DaysRemembered = 7;
    private readonly int[] _viewers = new int[DaysRemembered];

    public CreatorId Id { get; } = id;
    public long Number { get; } = number;

    /// <summary>Their place among the creators of the world.</summary>
    public int Index { get; set; }
    public string Name { get; } = $"creator {number}";
    public double Talent { get; } = talent;
    public double UploadsPerDay { get; } = uploadsPerDay;
    public ImmutableArray<int> Genres { get; } = genres;
    public DateTimeOffset ArrivesAt { get; } = arrivesAt;
    public int Uploads { get; set; }
    public DateTimeOffset? FirstUploadAt { get; set; }
    public DateTimeOffset? GaveUpAt { get; set; }

    /// <summary>A creator made for a flood or a farm is no one who could be discouraged.</summary>
    public bool IsDriven { get; init; }

    /// <summary>Viewers of the last week.</summary>
    public int Viewers => _viewers.Sum();

    public void MeetViewer(int day) => _viewers[day % DaysRemembered]++;

    public void BeginDay(int day) => _viewers[day % DaysRemembered] = 0;
}
