namespace Groundswell.Core.Experiments;

/// <summary>How experiments with the rules are run and read. What one is read by is fixed when it starts: moving it later would be peeking.</summary>
/// <param name="MostRunning">Experiments that run or wait at once: what one installation's audience can tell apart.</param>
/// <param name="HoldOutShare">Share of viewers that no experiment touches: a fiftieth slows none down, and whoever evaluates the log finds people there whom none ever touched.</param>
/// <param name="LongestDays">Days that an experiment with an end may last: a quarter of a year, after which an audience is another one.</param>
/// <param name="ViewerHours">Hours from a viewer's first exposure during which what they do counts. A day: whoever comes back in the evening is counted, and a harmful treatment is seen the day after.</param>
/// <param name="VideoHours">Hours from the beginning of a video's test during which what is done with it counts. A week, as long as its waves last.</param>
/// <param name="FalseAlarmRate">Probability at most that an interval ever leaves out the truth, however often it is looked at. A twentieth, as is usual.</param>
/// <param name="GuardrailMargin">How much worse the treatment may be, as a share of the control's rate, before a guardrail ends the experiment: a tenth.</param>
/// <param name="LeastUnits">Units of each arm before anything is said: the intervals hold for means of many (the central limit), not of few.</param>
/// <param name="TightestAt">Units of both arms at which the intervals are tightest: as many as a small installation has in a week or two.</param>
public sealed record ExperimentRules(
    int MostRunning = 8, double HoldOutShare = 0.02, int LongestDays = 90, int ViewerHours = 24, int VideoHours = 168, double FalseAlarmRate = 0.05,
    double GuardrailMargin = 0.1, int LeastUnits = 100, int TightestAt = 2_000)
{
    /// <summary>What an experiment that starts now is read by until its end.</summary>
    public ReadingTerms TermsFor(ExperimentUnit unit) => new(
        unit == ExperimentUnit.Viewer ? HoldOutShare : 0, unit == ExperimentUnit.Viewer ? ViewerHours : VideoHours, FalseAlarmRate, GuardrailMargin, LeastUnits, TightestAt);
}

/// <summary>The rules by which one experiment is drawn and read, as they were when it started; see <see cref="ExperimentRules"/>.</summary>
public sealed record ReadingTerms(double HoldOutShare, int ObservedHours, double FalseAlarmRate, double GuardrailMargin, int LeastUnits, int TightestAt);
