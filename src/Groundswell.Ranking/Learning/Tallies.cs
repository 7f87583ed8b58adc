namespace Groundswell.Ranking.Learning;

/// <summary>Counts of one key, or their differences.</summary>
/// <param name="Views">Views that count by now.</param>
/// <param name="Played">Σ of how long, as the caller measures it: of a viewer ln(1 + seconds), of a video its lengths, at most two.</param>
/// <param name="AllViews">Also those that wait to be settled: what <paramref name="Likes"/> are out of.</param>
internal record struct Tally(float Views, float Completions, float Rewatches, float LongViews, float EarlySkips, float Played, float Likes, float AllViews);

/// <summary>What an imported history says of one key: whether it was watched long and liked, and no more.</summary>
internal record struct ImportedTally(float Views, float LongViews, float Likes);

/// <summary>
/// Running counts by key, as of now: of lately, halved every <see cref="HalfLifeDays"/> of event time, and of imported histories.
/// </summary>
/// <param name="settling">How soon plays count; likes count at once.</param>
internal sealed class Tallies(int capacity, Settling settling)
{
    private const double HalfLifeDays = 7;
    // Of lately: six sums of plays that count, the likes, and six sums of plays that wait. Then what was imported.
    private const int Plays = 6, Likes = 6, Waiting = 7, Imported = 13, Width = 16;

    /// <summary>Plays after which a row is halved: far beyond, what is added would be rounded away.</summary>
    private const float Most = 1 << 16;

    public KeyedRows Rows { get; } = new(capacity, Width);

    public (Tally Lately, ImportedTally Imported) Read(ulong key, int minute)
    {
        var row = Rows.Find(key);
        if (row < 0) return default;
        var floats = Rows[row];
        var rested = minute - Rows.TouchedAt(row);
        var left = Left(rested);
        var waiting = left * settling.Share(rested);
        return (
            new Tally(Sum(floats, 0), Sum(floats, 1), Sum(floats, 2), Sum(floats, 3), Sum(floats, 4), Sum(floats, 5), left * floats[Likes], left * (floats[0] + floats[Waiting])),
            new ImportedTally(floats[Imported], floats[Imported + 1], floats[Imported + 2]));

        float Sum(Span<float> floats, int play) => (left * floats[play]) + (waiting * floats[Waiting + play]);
    }

    /// <param name="played">What is summed in <see cref="Tally.Played"/>.</param>
    public void Add(ulong key, in Reaction reaction, float played, int minute)
    {
        var row = Rows.Claim(key, minute, out _);
        var floats = Rows[row];
        if (reaction.PlayedSeconds is null)
        {
            floats[Imported]++;
            floats[Imported + 1] += reaction.Has(Outcome.LongView) ? 1 : 0;
            floats[Imported + 2] += reaction.Has(Outcome.Like) ? 1 : 0;
            return;
        }
        var rested = minute - Rows.TouchedAt(row);
        if (settling.IsOver(rested))
        {
            for (var play = 0; play < Plays; play++) floats[play] += floats[Waiting + play];
            floats.Slice(Waiting, Plays).Clear();
        }
        var left = Left(rested) * (floats[0] + floats[Waiting] > Most ? 0.5f : 1);
        if (left < 1)
        {
            foreach (ref var sum in floats[..Imported]) sum *= left;
        }
        var plays = floats.Slice(settling.AtOnce ? 0 : Waiting, Plays);
        plays[0]++;
        plays[1] += reaction.Has(Outcome.Completion) ? 1 : 0;
        plays[2] += reaction.Has(Outcome.Rewatch) ? 1 : 0;
        plays[3] += reaction.Has(Outcome.LongView) ? 1 : 0;
        plays[4] += reaction.Has(Outcome.EarlySkip) ? 1 : 0;
        plays[5] += played;
        floats[Likes] += reaction.Has(Outcome.Like) ? 1 : 0;
        Rows.Touch(row, minute);
    }

    private static float Left(int minutes) => minutes <= 0 ? 1 : (float)Math.Pow(0.5, minutes / (HalfLifeDays * 24 * 60));
}
