using System.Text.Json;
using System.Text.Json.Serialization;
using Groundswell.Core.Audience;
using Groundswell.Core.Experiments;
using Groundswell.Core.Feed;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Experiments;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;

namespace Groundswell.Core.Tests.Ledger;

public class LedgerEntryTests
{
    private static LedgerEntry[] OfEveryKind
    {
        get
        {
            var watching = new Watching();
            return
            [
                Given.Uploaded(), Given.Processed(),
                Given.Moved(VideoStage.Testing, VideoStage.Widening, Given.Now, ReasonCode.GateCleared, wave: 1),
                Given.Moved(VideoStage.Testing, VideoStage.Testing, Given.Now, ReasonCode.NicheSought) with { Niche = [2, 7] },
                Given.Moved(VideoStage.Reviewed, VideoStage.Held, Given.Now) with { Reason = Reason.Of(ReasonCode.DuplicateFound, "the same", new VideoId(9)) },
                Given.Page(Given.Viewer(0), Given.Now, Given.Clip, new VideoId(2)),
                watching.Plays(10_000, 20_000, 1), watching.Send(SignalType.Like), watching.Send(SignalType.Like), watching.Send(SignalType.NotInterested),
                watching.Send(watching.Signal(SignalType.Comment) with { Slot = null, Text = "“so” \u2028 good 🎉" }),
                new TasteForgotten(Given.Now, Given.Viewer(0)), new PersonalisationChosen(Given.Now, Given.Viewer(0), false),
                new CreatorSeen(Given.Now, Given.Creator, "Ada"), new DeviceSignedIn(Given.Now, Given.Viewer(0), Given.Creator),
                RulesSet.Of(new Rules { Points = new PointRules(Like: 0) }, "ada", Given.Now),
                new RegionShared(Given.Now, Given.Viewer(0), Region.All[3]), new RegionShared(Given.Now, Given.Viewer(0), null),
                new InterestsDeclared(Given.Now, Given.Viewer(0), [1, 3]), new InterestsDeclared(Given.Now, Given.Viewer(0), []),
                new AgeDeclared(Given.Now, Given.Viewer(0), AgeClass.Teen), new AgeDeclared(Given.Now, Given.Viewer(0), null),
                new VideoAgeMarked(Given.Now, Given.Clip, Given.Creator, true, "rough", "eve"), new VideoAgeMarked(Given.Now, Given.Clip, Given.Creator, false, null, "eve"),
                new CohortsDrawn(Given.Now, 2, [new TasteCluster(3, 40, [1, 0], [0.6f, -0.8f, 0]), new TasteCluster(4, 12, [], [0, 0, 1])], 4, 52, 120, "rules-test"),
                new ChallengeOpened(Given.Now, new ChallengeId(3), "sea", Given.Terms, "operator"), new ChallengeEdited(Given.Now, new ChallengeId(3), Given.Terms, "operator"),
                new ChallengeClosed(Given.Now, new ChallengeId(3), "operator"),
                new VideoBoosted(Given.Now, new BoostId(4), Given.Clip, Given.Creator, 100, Given.Now, Given.Now.AddDays(1), "a good cause", "operator"),
                new BoostEnded(Given.Now, new BoostId(4), Given.Clip, Given.Creator, null, "operator"),
                Given.Page(Given.Viewer(0), Given.Now, Given.Clip) with { Enrolments = [new Enrolment(new ExperimentId(3), Arm.Treatment), new Enrolment(new ExperimentId(4), Arm.Control)] },
                Trying.Started(3, Trying.Plan with { Until = Given.Now.AddDays(2) }, Trying.Terms),
                new ExperimentStopped(Given.Now, new ExperimentId(3), StopCause.Guardrail, new Effect(Measure.ExitRate, 0.1, 0.2, 0.1, 0.05, 0.15), null, "guardrail"),
                new ExperimentStopped(Given.Now, new ExperimentId(3), StopCause.Operator, null, "enough", "operator"),
            ];
        }
    }

    [Fact]
    public void Json_GivesBackEveryKindOfEntry()
    {
        foreach (var entry in OfEveryKind)
        {
            var back = Given.Through(entry);
            back.GetType().ShouldBe(entry.GetType());
            Given.Json(back).ShouldBe(Given.Json(entry));
            (back.OfViewer, back.OfVideo, back.OfCreator).ShouldBe((entry.OfViewer, entry.OfVideo, entry.OfCreator));
        }
    }

    [Fact]
    public void Json_NamesEveryKindThereIs()
    {
        var kinds = typeof(LedgerEntry).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LedgerEntry))).ToArray();

        typeof(LedgerEntry).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), false).Cast<JsonDerivedTypeAttribute>().Select(named => named.DerivedType).ShouldBe(kinds, ignoreOrder: true);
        OfEveryKind.Select(entry => entry.GetType()).Distinct().ShouldBe(kinds, ignoreOrder: true);
    }

    [Fact]
    public void Json_SpeaksTheOneDialect()
    {
        var json = Given.Json<LedgerEntry>(Given.Page(Given.Viewer(0), Given.Now, Given.Clip));

        json.ShouldStartWith("{\"fact\":\"page_served\"");
        json.ShouldContain($"\"viewer\":\"{Given.Viewer(0)}\"");
        json.ShouldContain("\"source\":\"personal\"");
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<VideoId>("\"u_0000000000001\"", GroundswellJson.Options));
    }

    /// <summary>What is zero is left out of the ledger; so nothing that comes back may have another value where none was written.</summary>
    [Fact]
    public void Json_LeavesOutOnlyWhatComesBackByItself()
    {
        var seen = new HashSet<Type>();
        var next = new Queue<Type>(typeof(LedgerEntry).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LedgerEntry))));
        while (next.TryDequeue(out var type))
        {
            if (type.Assembly != typeof(LedgerEntry).Assembly || !seen.Add(type)) continue;
            foreach (var parameter in type.GetConstructors().SelectMany(constructor => constructor.GetParameters()))
            {
                foreach (var part in parameter.ParameterType.GetGenericArguments().Append(parameter.ParameterType)) next.Enqueue(part);
                if (!parameter.HasDefaultValue || parameter.DefaultValue is null) continue;
                parameter.DefaultValue.ShouldBe(Activator.CreateInstance(parameter.ParameterType), $"{type.Name}.{parameter.Name}");
            }
        }
        seen.ShouldContain(typeof(View));
    }

    [Fact]
    public void Json_KnowsEveryFeedMode() => Enum.GetValues<FeedMode>().ShouldAllBe(mode => Given.Through(mode) == mode);
}
