using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Ledger;
using Groundswell.Lab.Simulations.Audience;
using Groundswell.Lab.Simulations.Measuring;
using Groundswell.Lab.Simulations.World;

namespace Groundswell.Lab.Simulations.Creators;

/// <summary>The creators of a world and their days: they upload, look into the studio, and give up when nobody watches.</summary>
internal sealed class Studio(Scenario scenario, Makers makers, Uploads uploads, InlineEngine engine, Gauge gauge, Timetable timetable, Chance chance)
{
    private readonly List<Maker> _makers = [];
    private readonly Dictionary<CreatorId, Maker> _byId = [];
    private readonly Chance _chance = chance.For("studio");

    public IReadOnlyList<Maker> Makers => _makers;

    /// <summary>Gathers who is there at the beginning, and lets the first of them upload a day's worth in the first minute: an app opens with something to show.</summary>
    public void Gather()
    {
        var count = Math.Max(1, (int)Math.Round(scenario.UploadsPerDay * 7 / Creators.Makers.UploadsPerWeek));
        for (var number = 0; number < count; number++) Add(makers.Draw(number, Start.Of));
        var stock = Math.Max(12, (int)Math.Round(scenario.UploadsPerDay));
        for (var i = 0; i < stock; i++) timetable.Plan(new Happening(Start.Of, Kind.Upload, i % count));
    }

    public void BeginDay(int day, DateTimeOffset midnight)
    {
        foreach (var maker in _makers)
        {
            maker.BeginDay(day);
            if (maker.GaveUpAt is not null) continue;
            if (makers.GivesUp(maker, day, midnight)) maker.GaveUpAt = midnight;
            else PlanDay(maker, day, midnight);
        }
        var arrivals = Draws.Poisson(scenario.UploadsPerDay * 7 / Creators.Makers.UploadsPerWeek * scenario.ArrivingCreators, _chance.For("arrivals").For(day));
        for (var i = 0; i < arrivals; i++)
        {
            var maker = makers.Draw(((day + 1L) << 32) + i, midnight);
            timetable.Plan(new Happening(midnight + Habits.Moment(_chance.For("first").For(maker.Id.Value)), Kind.Upload, Add(maker)));
        }
    }

    /// <summary>Adds someone whom the scenario brings.</summary>
    /// <returns>Their number.</returns>
    public int Add(Maker maker)
    {
        maker.Index = _makers.Count;
        _makers.Add(maker);
        _byId[maker.Id] = maker;
        return maker.Index;
    }

    public HiddenVideo? Upload(int who, DateTimeOffset now)
    {
        var maker = _makers[who];
        if (maker.GaveUpAt is not null) return null;
        var video = makers.Next(maker, now);
        gauge.Track(video, now, maker.IsDriven);
        foreach (var entry in uploads.Journal(video, maker.Name, now)) engine.Append(entry);
        maker.Uploads++;
        maker.FirstUploadAt ??= now;
        return video;
    }

    public void Visit(int who, DateTimeOffset now) => engine.Append(new CreatorSeen(now, _makers[who].Id, _makers[who].Name));

    /// <summary>Somebody watched a creator's video for the first time.</summary>
    public void MeetViewer(CreatorId creator, int day) => _byId[creator].MeetViewer(day);

    private void PlanDay(Maker maker, int day, DateTimeOffset midnight)
    {
        var key = _chance.For(maker.Id.Value).For(day);
        var who = maker.Index;
        var count = Draws.Poisson(maker.UploadsPerDay, key.For("uploads"));
        for (var i = 0; i < count; i++) timetable.Plan(new Happening(midnight + Habits.Moment(key.For("at").For(i)), Kind.Upload, who));
        if (!key.For("visit").Hits(Creators.Makers.Visiting)) return;
        var from = midnight + Habits.Moment(key.For("visit at"));
        timetable.Plan(new Happening(from, Kind.StudioVisit, who));
        timetable.Plan(new Happening(from + TimeSpan.FromMinutes(makers.VisitMinutes(maker, day)), Kind.StudioVisit, who));
    }
}
