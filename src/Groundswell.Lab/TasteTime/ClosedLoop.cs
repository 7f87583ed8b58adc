using System.Collections.Immutable;
using Groundswell.Core.Chances;
using Groundswell.Core.Signals;
using Groundswell.Core.Taste;
using Groundswell.Lab.TestBatches;
using Groundswell.Ranking.Learning;

namespace Groundswell.Lab.TasteTime;

/// <summary>One thing shown to one person.</summary>
public readonly record struct Choice(int Seed, int Round, long User, long Video);

/// <summary>
/// Time to taste, on real people: in each round everybody is shown the one of their own known videos that the engine thinks
/// best for them, and what they really watched of it is what the engine learns. It begins knowing nobody.
/// </summary>
public static class ClosedLoop
{
    /// <summary>Equal values are drawn anew for everybody: in one order for all, everybody would find out about the same few videos.</summary>
    private const double Tie = 1e-6;

    /// <summary>A round is a sitting of its own.</summary>
    private static readonly TimeSpan BetweenRounds = TimeSpan.FromHours(8);

    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte Known = (byte)(Reaction.Bit(Outcome.Rewatch) | Reaction.Bit(Outcome.Completion) | Reaction.Bit(Outcome.LongView) | Reaction.Bit(Outcome.EarlySkip));

    /// <exception cref="ArgumentException">Somebody knows fewer videos than there are rounds.</exception>
    public static List<Choice> Run(ImmutableArray<WatchRow> rows, int rounds, int seeds, PointRules points, IProgress<(int Done, int Of)>? progress, CancellationToken cancellation)
    {
        var people = rows.GroupBy(row => row.User).OrderBy(own => own.Key).Select(own => own.OrderBy(row => row.Video).ToArray()).ToArray();
        if (people.FirstOrDefault(own => own.Length < rounds) is { } few)
            throw new ArgumentException($"User {few[0].User} knows {few.Length} videos, fewer than {rounds} rounds. Try fewer --rounds.");
        var choices = new List<Choice>(seeds * rounds * people.Length);
        for (var seed = 1; seed <= seeds; seed++) OneSeed(seed);
        return choices;

        void OneSeed(int seed)
        {
            var chance = new Chance((ulong)seed).For("order");
            var model = new OnlineModel(new ModelSize(Effects: 1 << 16, ViewerEffects: 1 << 18, Tallies: 1 << 16, LastReactions: 1 << 16));
            var left = people.Select(own => own.ToList()).ToArray();
            var toCome = rows.CountBy(row => row.Video).ToDictionary();
            var (row, best) = (new FeatureRow(), new FeatureRow());
            for (var round = 1; round <= rounds; round++)
            {
                var at = Start + (round * BetweenRounds);
                foreach (var person in Enumerable.Range(0, people.Length).OrderBy(person => chance.For(round).For(person).Unit()))
                {
                    cancellation.ThrowIfCancellationRequested();
                    var chosen = Best(model, left[person], toCome, at, points, chance.For(round).For(person), ref row, ref best);
                    var watched = left[person][chosen];
                    left[person].RemoveAt(chosen);
                    toCome[watched.Video]--;
                    model.Learn(best, ReactionOf(watched.Ratio));
                    choices.Add(new Choice(seed, round, watched.User, watched.Video));
                }
                progress?.Report((((seed - 1) * rounds) + round, seeds * rounds));
            }
        }
    }

    /// <summary>The place of what the engine thinks best, which was predicted from <paramref name="best"/>.</summary>
    /// <param name="toCome">How many know a video and have not been shown it.</param>
    private static int Best(
        OnlineModel model, List<WatchRow> candidates, Dictionary<long, int> toCome, DateTimeOffset at, PointRules points, Chance chance, ref FeatureRow row, ref FeatureRow best)
    {
        var (chosen, most) = (-1, double.NegativeInfinity);
        for (var i = 0; i < candidates.Count; i++)
        {
            model.Predict(ExposureOf(candidates[i], at), row);
            var value = OnlineModel.Optimistic(row, toCome[candidates[i].Video]).ExpectedPoints(points) + (Tie * chance.For(candidates[i].Video).Unit());
            if (value <= most) continue;
            (chosen, most) = (i, value);
            (row, best) = (best, row);
        }
        return chosen;
    }

    private static Exposure ExposureOf(WatchRow row, DateTimeOffset at) =>
        new(1 + (ulong)row.User, 1 + (ulong)row.Video, Creator: 0, Sound: 0, Topic: 0, Kind: 0, Surface: 0, Seconds: 1, Uploaded: null, Traits: [], at);

    /// <summary>Lengths are not known here: a play is told in durations.</summary>
    private static Reaction ReactionOf(double ratio) => new(
        (byte)(Reaction.Bit(Outcome.Rewatch, ratio >= 2) | Reaction.Bit(Outcome.Completion, ratio >= 1) | Reaction.Bit(Outcome.LongView, ratio >= 0.5)
            | Reaction.Bit(Outcome.EarlySkip, ratio < TasteRules.Default.EarlySkipShare)),
        Known, ratio);
}
