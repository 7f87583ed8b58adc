using System.Collections.Immutable;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Core.Signals;
using Groundswell.Lab.Simulations.Audience;
using Groundswell.Lab.Simulations.Creators;
using Groundswell.Lab.Simulations.World;
using Groundswell.Lab.TestBatches;

namespace Groundswell.Lab.Calibration;

/// <summary>One number of the data beside the simulated audience's.</summary>
/// <param name="Source">Which data.</param>
/// <param name="Target">What the data says.</param>
/// <param name="Simulated">What the simulated audience does.</param>
/// <param name="Set">The audience is set to it; else it comes out as it does.</param>
public sealed record CalibrationRow(string Source, string Figure, double Target, double Simulated, bool Set);

/// <summary>
/// The simulated audience beside the data it is set to: random people watch random videos, without fatigue, topics or an
/// engine that chooses. The logs were made by engines that choose, so what they say of everybody is a little too kind.
/// </summary>
public static class Calibrations
{
    private const int People = 6000, ViewsEach = 60, Videos = 3000;

    /// <summary>People of KuaiRec's development file, its videos, and views known of each person.</summary>
    private const int KuaiRecPeople = 724, KuaiRecVideos = 2403, KuaiRecViews = 83;

    /// <param name="kuaiRand">Folder of KuaiRand-Pure; see <see cref="KuaiRandLog"/>.</param>
    /// <param name="kuaiRec">File of <c>user,video,watch_ratio</c>.</param>
    /// <exception cref="InvalidDataException">A file cannot be read as what it should be.</exception>
    public static ImmutableArray<CalibrationRow> Of(string kuaiRand, string kuaiRec, ulong seed, CancellationToken cancellation)
    {
        var world = new Chance(seed).For("world");
        var population = new Population(Taxonomy.Default.Count, 1, world);
        Person[] people = [.. Enumerable.Range(0, People).Select(number => population.Draw(number, Start.Of))];
        HiddenVideo[] videos = [.. SomeVideos(population, world)];
        var rows = ImmutableArray.CreateBuilder<CalibrationRow>();
        Compare(KuaiRandLog.Read(kuaiRand, cancellation), [.. Watch(people, videos, world, cancellation)], rows);
        CompareVariances(WatchLog.Rows(kuaiRec), people, videos, world, rows);
        return rows.ToImmutable();
    }

    private static IEnumerable<HiddenVideo> SomeVideos(Population population, Chance world)
    {
        var makers = new Makers(Taxonomy.Default.Count, new PointRules(), population, dividing: 0, world);
        for (var number = 0; number < Videos; number++) yield return makers.Next(makers.Draw(number, Start.Of), Start.Of);
    }

    private static IEnumerable<Exposure> Watch(Person[] people, HiddenVideo[] videos, Chance world, CancellationToken cancellation)
    {
        foreach (var person in people)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < ViewsEach; i++)
            {
                var key = world.For("calibration").For(person.Id.Value).For(i);
                var video = videos[key.For("which").Below(videos.Length)];
                var view = Watching.Watch(person, video, person.AppealOf(video), key.For("view"));
                yield return new Exposure(person.Id.Value, video.Id.Value, view.TotalMs, video.DurationMs, view.Likes, view.Comments, view.Shares, view.Follows);
            }
        }
    }

    private static void Compare(List<Exposure> real, List<Exposure> simulated, ImmutableArray<CalibrationRow>.Builder rows)
    {
        foreach (var bucket in Enum.GetValues<DurationBucket>())
        {
            var of = (List<Exposure> all) => all.Where(view => view.Bucket == bucket);
            Add($"completion, {Name(bucket)}", all => Share(of(all), view => view.Depth >= Depth.Completed), set: true);
            Add($"re-watch, {Name(bucket)}", all => Share(of(all), view => view.Depth == Depth.Rewatched), set: true);
            Add($"early skip, {Name(bucket)}", all => Share(of(all), view => view.Depth == Depth.Skipped), set: true);
            Add($"points a view, {Name(bucket)}", all => of(all).Average(view => view.Points), set: false);
        }
        foreach (var (name, did) in Acts)
        {
            foreach (var depth in Enum.GetValues<Depth>()) Add($"{name}, {Name(depth)}", all => Share(all.Where(view => view.Depth == depth), did), set: true);
            Add($"{name}, how people differ", all => VarianceShares.Spread(all.Select(view => (view.User, did(view)))), set: true);
        }
        Add("seconds of a video, median", all => all.DistinctBy(view => view.Video).Select(view => view.DurationMs / 1000.0).Order().ElementAt(all.DistinctBy(view => view.Video).Count() / 2), set: true);
        Add("points, share between videos of one length", all => Within(all, view => view.Video), set: false);
        Add("points, share between viewers", all => Within(all, view => view.User), set: false);

        void Add(string figure, Func<List<Exposure>, double> measured, bool set) => rows.Add(new CalibrationRow("KuaiRand", figure, measured(real), measured(simulated), set));
    }

    private static readonly (string Name, Func<Exposure, bool> Did)[] Acts =
        [("like", view => view.Like), ("comment", view => view.Comment), ("share", view => view.Share), ("follow", view => view.Follow)];

    /// <summary>As many people, videos and views as KuaiRec's, all of its own rates: what is left to compare is how they are spread.</summary>
    private static void CompareVariances(
        ImmutableArray<WatchRow> real, Person[] people, HiddenVideo[] videos, Chance world, ImmutableArray<CalibrationRow>.Builder rows)
    {
        var bounds = Watching.Bounds.Of(0.1, Share(real, row => row.Ratio >= 1), Share(real, row => row.Ratio >= 2));
        var simulated = people.Take(KuaiRecPeople).SelectMany(person => Enumerable.Range(0, KuaiRecViews).Select(i =>
        {
            var key = world.For("variances").For(person.Id.Value).For(i);
            var video = videos[key.For("which").Below(KuaiRecVideos)];
            var depth = bounds.DepthOf(person.AppealOf(video) + key.For("noise").Normal());
            return (User: person.Id.Value, Video: video.Id.Value, Points: (depth >= Depth.Completed ? 8.0 : 0) + (depth == Depth.Rewatched ? 10 : 0));
        })).ToArray();
        var known = real.Select(row => (row.User, row.Video, Points: WatchLog.Points(row.Ratio))).ToArray();
        Add("points a view", all => all.Average(view => view.Points), set: false);
        Add("points, share between videos", all => Ratio(VarianceShares.Of(all.Select(view => (view.Video, view.Points)))), set: true);
        Add("points, share between viewers", all => Ratio(VarianceShares.Of(all.Select(view => (view.User, view.Points)))), set: true);

        void Add(string figure, Func<(long User, long Video, double Points)[], double> measured, bool set) =>
            rows.Add(new CalibrationRow("KuaiRec", figure, measured(known), measured(simulated), set));
    }

    /// <summary>Share of the variance of points, less the mean of their duration bucket, that lies between groups.</summary>
    private static double Within(List<Exposure> all, Func<Exposure, long> group)
    {
        var means = all.GroupBy(view => view.Bucket).ToDictionary(bucket => bucket.Key, bucket => bucket.Average(view => view.Points));
        return Ratio(VarianceShares.Of(all.Select(view => (group(view), view.Points - means[view.Bucket]))));
    }

    private static double Ratio((double Between, double Within) of) => of.Between / (of.Between + of.Within);

    private static double Share<T>(IEnumerable<T> of, Func<T, bool> holds)
    {
        var (count, held) = (0, 0);
        foreach (var one in of) (count, held) = (count + 1, held + (holds(one) ? 1 : 0));
        return count == 0 ? 0 : (double)held / count;
    }

    private static string Name(DurationBucket bucket) => bucket switch
    {
        DurationBucket.Under7s => "under 7 s",
        DurationBucket.Under15s => "7 to 15 s",
        DurationBucket.Under30s => "15 to 30 s",
        DurationBucket.Under60s => "30 to 60 s",
        _ => "longer",
    };

    private static string Name(Depth depth) => depth switch
    {
        Depth.Skipped => "of skipped views",
        Depth.Partly => "of views in part",
        Depth.Completed => "of completed views",
        _ => "of re-watched views",
    };
}
