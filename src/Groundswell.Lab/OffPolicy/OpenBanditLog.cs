using System.Collections.Immutable;
using Groundswell.Lab.Tables;

namespace Groundswell.Lab.OffPolicy;

/// <summary>
/// Reads logs of the Open Bandit Dataset (Saito, Aihara, Matsutani and Narita, "Open Bandit Dataset and Pipeline", 2020): the
/// same shop pages filled uniformly at random and by Bernoulli Thompson sampling, each choice with its true propensity. Names
/// of columns are the dataset's.
/// </summary>
public static class OpenBanditLog
{
    /// <exception cref="InvalidDataException">The file is no such log; the message names the column or the line.</exception>
    public static ImmutableArray<LoggedChoice> Read(string path, CancellationToken cancellation)
    {
        using var table = new Table(path, "item_id", "position", "click", "propensity_score");
        var choices = ImmutableArray.CreateBuilder<LoggedChoice>();
        while (table.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            var (position, click, propensity) = (table.Whole(1), table.Whole(2), table.Number(3));
            if (position is not (>= 1 and <= 1000)) throw table.Wrong(1, "no position from 1 on");
            if (click is not (0 or 1)) throw table.Wrong(2, "neither 0 nor 1");
            if (propensity is not (> 0 and <= 1)) throw table.Wrong(3, "no probability in (0, 1]");
            choices.Add(new LoggedChoice((int)position, table.Whole(0), click, propensity.Value));
        }
        return choices.Count > 0 ? choices.ToImmutable() : throw new InvalidDataException($"{path} holds no choices.");
    }
}
