using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Core.Viewers;
using Groundswell.Lab.Simulations.Measuring;
using Groundswell.Lab.Simulations.World;
using Groundswell.Ranking.Feed;

namespace Groundswell.Lab.Simulations.Audience;

/// <summary>The people of a world and their sessions: they ask for pages, watch, act, leave, and come back or do not.</summary>
internal sealed class Crowd(Scenario scenario, Population population, InlineEngine engine, Gauge gauge, Timetable timetable, int genres, Chance chance)
{
    private const int PageSize = 5;
    private static readonly TimeSpan BetweenVideos = TimeSpan.FromMilliseconds(700), Second = TimeSpan.FromSeconds(1);

    private readonly List<Person> _people = [];

    /// <summary>Who waits for a page.</summary>
    private readonly List<(Person Person, Sitting Sitting, ViewerState State)> _waiting = [];
    private readonly Chance _chance = chance.For("crowd");
    private readonly Chance _views = chance.For("views");

    public IReadOnlyList<Person> People => _people;

    /// <summary>People with the app open.</summary>
    public int Watching { get; private set; }

    public void Gather()
    {
        for (var number = 0; number < scenario.Viewers; number++) Add(population.Draw(number, Start.Of));
    }

    /// <summary>Plans a day's sessions, and lets new people arrive: on their first day they come at least once.</summary>
    public void BeginDay(int day, DateTimeOffset midnight)
    {
        foreach (var person in _people)
            if (!person.IsGone) Plan(person, day, midnight, least: 0);
        var key = _chance.For("arrivals").For(day);
        var arrivals = Draws.Poisson(scenario.Viewers * scenario.ArrivingViewers, key);
        for (var i = 0; i < arrivals; i++)
        {
            // Numbered by day, so that the same people arrive whatever has happened before.
            var person = population.Draw(((day + 1L) << 32) + i, midnight);
            Add(person);
            Plan(person, day, midnight, least: 1);
        }
    }

    public void BeginSession(int who, DateTimeOffset now)
    {
        var person = _people[who];
        if (person.IsGone || person.Sitting is not null) return;
        person.State ??= new ViewerState(person.Id, genres);
        person.Sitting = new Sitting(now);
        Watching++;
        AskForPage(person, person.Sitting, now);
    }

    public void EndView(int who, DateTimeOffset now)
    {
        var person = _people[who];
        if (person is not { Sitting: { } sitting, State: { } state } || sitting is not { Video: { } video, Slot: { } slot }) return;
        var view = sitting.View;
        sitting.Watch(video, view);
        var leaves = _chance.For("leaving").For(person.Id.Value).For(person.Requests).For(sitting.Place).Hits(Habits.Leaving(sitting));
        if (view.Likes) Send("like", SignalType.Like);
        if (view.Comments) Send("comment", SignalType.Comment);
        if (view.Shares) Send("share", SignalType.Share);
        if (view.Follows && !state.Follows.Contains(video.Creator)) Send("follow", SignalType.Follow);
        var ended = engine.Record(
            new Signal("end", SignalType.PlayEnd, now, now, video.Id, slot, new PlayReport(view.PlayedMs, view.TotalMs, view.PlayedMs, view.Loops, leaves ? EndReason.Exit : EndReason.Swipe)), state);
        if (ended is { Disqualified: null }) sitting.Points += ended.PointsAfter;
        if (leaves) Leave(person, sitting, now);
        else if (++sitting.Place < sitting.Page.Length) BeginView(person, sitting, now + BetweenVideos);
        else AskForPage(person, sitting, now);

        void Send(string id, SignalType type) => engine.Record(new Signal(id, type, now, now, video.Id, slot), state);
    }

    /// <summary>Brings everybody who waits for a page the page they asked for.</summary>
    public void BringPages(DateTimeOffset now)
    {
        var pages = engine.Pages([.. _waiting.Select(waiting => (waiting.State, NextRequest(waiting.Person, now)))]);
        foreach (var ((person, sitting, _), page) in _waiting.Zip(pages))
        {
            (sitting.Page, sitting.Place) = (page.Items, 0);
            if (page.Items.IsEmpty) Leave(person, sitting, now);
            else BeginView(person, sitting, now);
        }
        _waiting.Clear();
    }

    private void Add(Person person)
    {
        person.Index = _people.Count;
        _people.Add(person);
    }

    private void Plan(Person person, int day, DateTimeOffset midnight, int least)
    {
        var key = _chance.For("sessions").For(person.Id.Value).For(day);
        var sessions = Math.Max(least, Draws.Poisson(person.SessionsPerDay, key.For(-1)));
        for (var i = 0; i < sessions; i++) timetable.Plan(new Happening(midnight + Habits.Moment(key.For(i)), Kind.SessionBegins, person.Index));
    }

    /// <summary>Whoever asks within one second is answered at its end: together, as a busy server answers them.</summary>
    private void AskForPage(Person person, Sitting sitting, DateTimeOffset now)
    {
        if (person.State is not { } state) return;
        if (_waiting.Count == 0) timetable.Plan(new Happening(now.AddTicks(Second.Ticks - (now.Ticks % Second.Ticks)), Kind.PagesReady, 0));
        _waiting.Add((person, sitting, state));
    }

    /// <summary>Numbered by viewer, so that one viewer's draws do not depend on how often others asked.</summary>
    private static FeedRequest NextRequest(Person person, DateTimeOffset now) => new(
        new RequestId((person.Id.Value & ~0xFFFFFL) | (uint)(++person.Requests & 0xFFFFF)),
        PageSize, FeedMode.Personalised, ImmutableHashSet<VideoId>.Empty, false, false, null, null, now);

    private void BeginView(Person person, Sitting sitting, DateTimeOffset now)
    {
        var slot = sitting.Page[sitting.Place].Slot;
        var video = gauge.Hidden(slot.Video);
        gauge.Begun?.Invoke(person, sitting, now);
        var appeal = Habits.Appeal(person, video, sitting, now);
        var view = Audience.Watching.Watch(person, video, appeal, _views.For(person.Id.Value).For(video.Id.Value));
        (sitting.Slot, sitting.Video, sitting.View) = (slot, video, view);
        timetable.Plan(new Happening(now + TimeSpan.FromMilliseconds(view.TotalMs), Kind.ViewEnds, person.Index));
    }

    private void Leave(Person person, Sitting sitting, DateTimeOffset now)
    {
        Watching--;
        person.Sitting = null;
        var lapsed = Habits.IsLast(person, sitting, _chance.For(person.Id.Value).For(person.Requests));
        gauge.SeeSession(sitting, lapsed);
        if (!lapsed) return;
        person.IsGone = true;
        person.State = null;
    }
}
