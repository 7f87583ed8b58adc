using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Lab.Simulations.Attackers;
using Groundswell.Lab.Simulations.Audience;
using Groundswell.Lab.Simulations.Creators;
using Groundswell.Lab.Simulations.Measuring;

namespace Groundswell.Lab.Simulations.World;

/// <summary>A world under one policy: people, creators and attackers around the engine, in one loop over what happens next.</summary>
internal sealed class SimulatedWorld
{
    /// <summary>A creator whom nobody would watch by themselves: talent of a farm's client, in standard deviations.</summary>
    private const double NoTalent = -1;

    /// <summary>Above every number that arrives, which carries its day above the 32nd bit.</summary>
    private const long FloodNumbers = 1L << 48, FarmNumber = 1L << 49;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Scenario _scenario;
    private readonly ulong _seed;
    private readonly string _rules;
    private readonly Timetable _timetable = new();
    private readonly InlineEngine _engine;
    private readonly Gauge _gauge;
    private readonly Crowd _crowd;
    private readonly Studio _studio;
    private readonly Makers _makers;
    private readonly FarmDevices? _farm;
    private readonly Chance _chance;
    private int _client = -1;

    /// <param name="cores">Cores it may use.</param>
    public SimulatedWorld(Scenario scenario, Rules rules, ulong seed, int cores)
    {
        var taxonomy = Taxonomy.Default;
        (_scenario, _seed, _rules) = (scenario, seed, rules.Version);
        _chance = new Chance(seed).For("world");
        _gauge = new Gauge(Measured);
        _engine = new InlineEngine(rules, taxonomy, new Chance(seed).For("engine"), _gauge, cores);
        var population = new Population(taxonomy.Count, scenario.SessionsPerDay, _chance);
        _crowd = new Crowd(scenario, population, _engine, _gauge, _timetable, taxonomy.Count, _chance);
        _makers = new Makers(taxonomy.Count, rules.Points, population, scenario.Dividing, _chance);
        _studio = new Studio(scenario, _makers, new Uploads(taxonomy, _chance), _engine, _gauge, _timetable, _chance);
        _farm = scenario.Farm is { } farm ? new FarmDevices(farm, rules, _engine, _timetable, taxonomy.Count, Measured, _chance) : null;
        _gauge.Among = (video, niche) => _crowd.People.Where(person => IsOf(person, niche, rules)).Select(person => Watching.ExpectedPoints(person, video, rules.Points)).DefaultIfEmpty().Average();
        _gauge.Met = (creator, at) => _studio.MeetViewer(creator, Day(at));
    }

    /// <summary>Who sees all of it from outside.</summary>
    public Gauge Gauge => _gauge;

    private bool IsOf(Person person, ImmutableArray<int> niche, Rules rules) =>
        person.State is { } state && _engine.Catalogue.Cohorts.Of(state, rules).Cluster is { } cluster && niche.Contains(cluster);

    private DateTimeOffset Measured => Start.Of.AddDays(_scenario.WarmUpDays);
    private DateTimeOffset End => Measured.AddDays(_scenario.Days);

    /// <summary>Lives through the whole scenario.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; looked at every simulated minute.</exception>
    public SimulationResult Live(IProgress<SimulationProgress>? progress, CancellationToken cancellation)
    {
        _crowd.Gather();
        _studio.Gather();
        PlanAttack();
        _timetable.Plan(new Happening(Start.Of, Kind.Day, 0));
        _timetable.Plan(new Happening(Start.Of, Kind.Minute, 0));
        while (_timetable.TryNext(End, out var happening))
        {
            if (happening.Kind == Kind.Minute) PassMinute(happening.At, progress, cancellation);
            else Happen(happening);
        }
        return Figures.Of(_scenario, _seed, _rules, _gauge, _crowd.People, _studio.Makers, _engine.Digest, End);
    }

    private void Happen(Happening happening)
    {
        switch (happening.Kind)
        {
            case Kind.Day: BeginDay(happening.At); break;
            case Kind.SessionBegins: _crowd.BeginSession(happening.Who, happening.At); break;
            case Kind.ViewEnds: _crowd.EndView(happening.Who, happening.At); break;
            case Kind.PagesReady: _crowd.BringPages(happening.At); break;
            case Kind.Upload:
                var video = _studio.Upload(happening.Who, happening.At);
                if (video is not null && happening.Who == _client) _farm?.Push(video, happening.At);
                break;
            case Kind.StudioVisit: _studio.Visit(happening.Who, happening.At); break;
            case Kind.FarmVisit: _farm?.Visit(happening.Who, happening.What, happening.At); break;
            default: throw new InvalidOperationException($"Nothing is known of {happening.Kind}.");
        }
    }

    private void BeginDay(DateTimeOffset midnight)
    {
        var day = Day(midnight);
        _crowd.BeginDay(day, midnight);
        _studio.BeginDay(day, midnight);
        _timetable.Plan(new Happening(midnight.AddDays(1), Kind.Day, 0));
    }

    private void PassMinute(DateTimeOffset now, IProgress<SimulationProgress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _engine.Tick(now, _crowd.Watching);
        if (now.Minute == 0) progress?.Report(new SimulationProgress(now - Start.Of, End - Start.Of, _gauge.AllViews));
        _timetable.Plan(new Happening(now + Minute, Kind.Minute, 0));
    }

    private void PlanAttack()
    {
        if (_scenario.Flood is { } flood)
        {
            var first = _studio.Makers.Count;
            for (var i = 0; i < flood.Creators; i++)
                _studio.Add(_makers.Make(FloodNumbers + i, _chance.For("flood").For(i).Normal(), 0, Measured, driven: true));
            for (var i = 0; i < flood.Uploads; i++)
                _timetable.Plan(new Happening(Measured.AddHours(flood.Hour + (flood.Hours * _chance.For("flood at").For(i).Unit())), Kind.Upload, first + (i % flood.Creators)));
        }
        if (_scenario.Farm is not { } farm) return;
        _client = _studio.Add(_makers.Make(FarmNumber, NoTalent, 0, Measured, driven: true));
        for (var i = 0; i < farm.Videos; i++)
            _timetable.Plan(new Happening(Measured + TimeSpan.FromHours(12) + (i * TimeSpan.FromDays(_scenario.Days) / farm.Videos), Kind.Upload, _client));
    }

    private static int Day(DateTimeOffset at) => (int)(at - Start.Of).TotalDays;
}
