using System.Collections.Immutable;

namespace Groundswell.Lab.Simulations;

/// <summary>A world to try a policy in: how many watch and upload, for how long, and what goes wrong.</summary>
/// <param name="Viewers">People who know the app when the world begins.</param>
/// <param name="Days">Days that are measured, after the warm-up.</param>
/// <param name="UploadsPerDay">Mean uploads a day while all creators stay.</param>
/// <param name="SessionsPerDay">Mean sessions of one viewer a day while they are content.</param>
/// <param name="WarmUpDays">Days lived before anything is measured: the catalogue and the priors begin empty.</param>
/// <param name="ArrivingViewers">New viewers a day, as a share of <paramref name="Viewers"/>.</param>
/// <param name="ArrivingCreators">New creators a day, as a share of those who are there at the beginning.</param>
/// <param name="Flood">A burst of uploads; null for none.</param>
/// <param name="Farm">Devices that push one creator; null for none.</param>
/// <param name="Dividing">Share of uploads in which taste counts four times as much: a few like them very much and the others do not.</param>
public sealed record Scenario(
    string Name,
    int Viewers = 100_000,
    int Days = 7,
    double UploadsPerDay = 1000,
    double SessionsPerDay = 1,
    int WarmUpDays = 2,
    double ArrivingViewers = 0.01,
    double ArrivingCreators = 0.02,
    Flood? Flood = null,
    Farm? Farm = null,
    double Dividing = 0)
{
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("steady"),
        new("flood", Flood: new Flood(10_000, Creators: 4_000)),
        new("one-creator-flood", Flood: new Flood(1_000, Creators: 1)),
        new("farm", Farm: new Farm()),
        new("niches", Dividing: 0.25),
        // Forty people would see some 480 clips a day, and each clip once: fewer uploads, and they run out of them.
        new("small", Viewers: 40, Days: 14, UploadsPerDay: 10, ArrivingViewers: 0.005, ArrivingCreators: 0.02),
    ];

    /// <summary>The scenario of that name, or null.</summary>
    public static Scenario? Named(string name) => All.FirstOrDefault(scenario => scenario.Name == name);

    /// <summary>What is out of range, one sentence each; empty when it can be lived.</summary>
    public ImmutableArray<string> Validate()
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        Check(Viewers is >= 1 and <= 5_000_000, "viewers must be between 1 and 5,000,000.");
        Check(Days is >= 1 and <= 365, "days must be between 1 and 365.");
        Check(WarmUpDays is >= 0 and <= 60, "warm-up days must be between 0 and 60.");
        Check(UploadsPerDay is > 0 and <= 1_000_000, "uploads a day must be above 0 and at most 1,000,000.");
        Check(SessionsPerDay is > 0 and <= 50, "sessions a day must be above 0 and at most 50.");
        Check(ArrivingViewers is >= 0 and <= 1 && ArrivingCreators is >= 0 and <= 1, "arrivals must be shares between 0 and 1.");
        Check(Dividing is >= 0 and <= 1, "dividing uploads must be a share between 0 and 1.");
        Check(Flood is null or { Uploads: >= 1 and <= 1_000_000, Creators: >= 1 }, "a flood needs between 1 and 1,000,000 uploads of at least one creator.");
        Check(Flood is null || (Flood.Hours > 0 && Flood.Hour + Flood.Hours <= Days * 24), $"a flood that begins at hour {Flood?.Hour:0.##} must last more than 0 hours and end within the measured days.");
        Check(Farm is null or { Devices: >= 1 and <= 100_000, Networks: >= 1, Videos: >= 1 }, "a farm needs at least one device, network and video.");
        return problems.ToImmutable();

        void Check(bool holds, string problem)
        {
            if (!holds) problems.Add(problem);
        }
    }
}

/// <summary>Many uploads within hours, from the first measured day on.</summary>
/// <param name="Creators">Creators who upload them; 1 for a single one who fills the queue.</param>
/// <param name="Hour">Hour of the first measured day from which they come.</param>
/// <param name="Hours">Over how many hours they come.</param>
public sealed record Flood(int Uploads, int Creators, double Hour = 18, double Hours = 1)
{
    /// <summary>The same flood with this many uploads, of creators in proportion: for a smaller world.</summary>
    public Flood Of(int uploads) => this with { Uploads = uploads, Creators = Math.Max(1, (int)Math.Round((double)Creators * uploads / Uploads)) };
}

/// <summary>A farm of devices that push the videos of one creator who has no talent.</summary>
/// <param name="Devices">Devices made on the first measured day.</param>
/// <param name="Networks">Network addresses that they share.</param>
/// <param name="Videos">Videos the creator uploads over the measured days, evenly.</param>
/// <param name="Patient">The devices wait for a day, until they are new no more.</param>
public sealed record Farm(int Devices = 200, int Networks = 4, int Videos = 5, bool Patient = false);
