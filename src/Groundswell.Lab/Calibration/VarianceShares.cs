namespace Groundswell.Lab.Calibration;

/// <summary>One-way analysis of variance with groups of unequal size (Searle, Casella and McCulloch, Variance Components, 1992, 3.6).</summary>
internal static class VarianceShares
{
    /// <summary>Variance between groups and within them, unbiased.</summary>
    public static (double Between, double Within) Of(IEnumerable<(long Group, double Value)> values)
    {
        var groups = new Dictionary<long, (int Count, double Sum, double Squares)>();
        foreach (var (group, value) in values)
        {
            var (count, sum, squares) = groups.GetValueOrDefault(group);
            groups[group] = (count + 1, sum + value, squares + (value * value));
        }
        double all = groups.Values.Sum(group => group.Count), mean = groups.Values.Sum(group => group.Sum) / all;
        var within = groups.Values.Sum(group => group.Squares - (group.Sum * group.Sum / group.Count)) / (all - groups.Count);
        var between = groups.Values.Sum(group => group.Count * Math.Pow((group.Sum / group.Count) - mean, 2)) / (groups.Count - 1);
        var size = (all - (groups.Values.Sum(group => (double)group.Count * group.Count) / all)) / (groups.Count - 1);
        return (Math.Max(0, (between - within) / size), within);
    }

    /// <summary>How much people differ in a yes or no: standard deviation over mean of their rates, from pairs of answers of one person, which their own chance does not inflate.</summary>
    public static double Spread(IEnumerable<(long Person, bool Yes)> answers)
    {
        var people = new Dictionary<long, (int Count, int Yes)>();
        foreach (var (person, yes) in answers)
        {
            var (count, known) = people.GetValueOrDefault(person);
            people[person] = (count + 1, known + (yes ? 1 : 0));
        }
        double all = people.Values.Sum(person => person.Count), mean = people.Values.Sum(person => person.Yes) / all;
        var both = people.Values.Sum(person => (double)person.Yes * (person.Yes - 1)) / people.Values.Sum(person => (double)person.Count * (person.Count - 1));
        return mean <= 0 ? 0 : Math.Sqrt(Math.Max(0, both - (mean * mean))) / mean;
    }
}
