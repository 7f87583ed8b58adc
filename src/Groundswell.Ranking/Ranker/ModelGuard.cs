using Groundswell.Core.Audience;
using Groundswell.Ranking.Learning;

namespace Groundswell.Ranking.Ranker;

/// <summary>
/// Whether the learned model may rank. It must have predicted the last few hundred views better than knowing nothing but
/// their length would have, and as often as it said they would come: by progressive validation, each view before it is
/// learned from (Blum, Kalai, Langford, Beating the hold-out, 1999).
/// </summary>
public sealed class ModelGuard
{
    private const double Memory = 0.998;
    private const double LeastViews = 300, LeastHappened = 30;

    /// <summary>Where it loses trust, and where it wins it back: apart, so that it does not come and go with every view.</summary>
    private const double WorseBy = 1.02, OffBy = 1.5, BackWithin = 1.25;

    /// <summary>What is common enough for a few hundred views to say something.</summary>
    private static readonly Outcome[] Judged = [Outcome.Completion, Outcome.EarlySkip, Outcome.Rewatch, Outcome.Like];

    private readonly double[] _rates = [.. Enum.GetValues<DurationBucket>().SelectMany(_ => Judged, (_, outcome) => (double)Logistic.Of(BaseOdds.Of(outcome)))];
    private double _views, _modelLoss, _baseLoss, _predicted, _happened;

    public bool Trusts { get; private set; }

    /// <summary>Log loss of the model as a share of that of the rates by length, lately; below 1 is better.</summary>
    public double LossRatio => _baseLoss > 0 ? _modelLoss / _baseLoss : 1;

    /// <summary>Completions predicted for each that happened, lately.</summary>
    public double Calibration => _happened > 0 ? _predicted / _happened : 1;

    /// <summary>A view has come, of which the model had said so much.</summary>
    /// <returns>Whether it has just lost its trust.</returns>
    internal bool See(DurationBucket bucket, FeatureRow row, in Reaction reaction)
    {
        (_views, _modelLoss, _baseLoss, _predicted, _happened) = ((Memory * _views) + 1, Memory * _modelLoss, Memory * _baseLoss, Memory * _predicted, Memory * _happened);
        for (var i = 0; i < Judged.Length; i++)
        {
            var (happened, said) = (reaction.Has(Judged[i]), row.Probabilities[(int)Judged[i]]);
            ref var rate = ref _rates[((int)bucket * Judged.Length) + i];
            _modelLoss += Loss(said, happened);
            _baseLoss += Loss(rate, happened);
            rate += 0.002 * ((happened ? 1 : 0) - rate);
        }
        _predicted += row.Probabilities[(int)Outcome.Completion];
        _happened += reaction.Has(Outcome.Completion) ? 1 : 0;
        var trusted = Trusts;
        Trusts = Judge();
        return trusted && !Trusts;
    }

    /// <summary>It begins anew, with a model that nobody has tried yet.</summary>
    internal void Restart() => (_views, _modelLoss, _baseLoss, _predicted, _happened, Trusts) = (0, 0, 0, 0, 0, false);

    internal void Save(BinaryWriter to)
    {
        foreach (var number in (double[])[_views, _modelLoss, _baseLoss, _predicted, _happened, .. _rates]) to.Write(number);
        to.Write(Trusts);
    }

    internal void Load(BinaryReader from)
    {
        (_views, _modelLoss, _baseLoss, _predicted, _happened) = (from.ReadDouble(), from.ReadDouble(), from.ReadDouble(), from.ReadDouble(), from.ReadDouble());
        for (var i = 0; i < _rates.Length; i++) _rates[i] = from.ReadDouble();
        Trusts = from.ReadBoolean();
    }

    private bool Judge()
    {
        // A comparison with what is no number is false: then it is trusted no more.
        if (_views < LeastViews || _happened < LeastHappened) return false;
        var (worse, off) = Trusts ? (WorseBy, OffBy) : (1, BackWithin);
        return LossRatio <= worse && Calibration <= off && Calibration >= 1 / off;
    }

    private static double Loss(double said, bool happened) => -Math.Log(Math.Clamp(happened ? said : 1 - said, 1e-6, 1));
}
