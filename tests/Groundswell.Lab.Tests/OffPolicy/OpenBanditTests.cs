using System.Collections.Immutable;
using Groundswell.Lab.OffPolicy;

namespace Groundswell.Lab.Tests.OffPolicy;

public sealed class OpenBanditTests : IDisposable
{
    private const string Header = ",timestamp,item_id,position,click,propensity_score";
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void Read_FindsTheColumnsByName()
    {
        Log(Header, "0,2019-11-24,14,3,1,0.25").ShouldBe([new LoggedChoice(3, 14, 1, 0.25)]);
        Log("propensity_score,click,position,item_id", "0.5,0,1,2").ShouldBe([new LoggedChoice(1, 2, 0, 0.5)]);
    }

    [Theory]
    [InlineData(",item_id,position,click", "0,1,1,0", "no column 'propensity_score'")]
    [InlineData(Header, "", "line 2")]
    [InlineData(Header, "0,t,1,1,0,0", "line 2: 'propensity_score' holds '0', which is no probability in (0, 1]")]
    [InlineData(Header, "0,t,1,1,0,-0.1", "no probability in (0, 1]")]
    [InlineData(Header, "0,t,1,1,0,1.1", "no probability in (0, 1]")]
    [InlineData(Header, "0,t,1,1,0,", "no probability in (0, 1]")]
    [InlineData(Header, "0,t,1,1,0,x", "'propensity_score' is no number")]
    [InlineData(Header, "0,t,1,1,2,0.5", "line 2: 'click' holds '2', which is neither 0 nor 1")]
    [InlineData(Header, "0,t,1,0,1,0.5", "'position' holds '0'")]
    [InlineData(Header, "0,t,one,1,1,0.5", "'item_id' holds 'one'")]
    public void Read_SaysWhatIsWrongAndWhere(string header, string row, string says) =>
        Should.Throw<InvalidDataException>(() => Log(header, row)).Message.ShouldContain(says);

    [Fact]
    public void ALogWithoutChoicesOrRewards_IsRefused()
    {
        Should.Throw<InvalidDataException>(() => Log(Header)).Message.ShouldContain("holds no choices");
        var log = Log(Header, "0,t,1,1,0,0.5");
        Should.Throw<InvalidDataException>(() => Evaluate(log, PositionPolicy.Uniform(log), null)).Message.ShouldContain("Nothing in the log was rewarded");
    }

    [Fact]
    public void FromTheRandomLog_ThompsonSamplingsValueIsFound()
    {
        var (thompson, random) = Sample();
        Holds(Evaluate(random, PositionPolicy.Of(thompson), thompson));
    }

    [Fact]
    public void FromThompsonSamplingsLog_TheUniformValueIsFound()
    {
        var (thompson, random) = Sample();
        Holds(Evaluate(thompson, PositionPolicy.Uniform(thompson), random));
    }

    [Fact]
    public void Run_StopsWhenCancelled()
    {
        var log = Log(Header, "0,t,1,1,1,0.5", "1,t,2,1,0,0.5");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() => OpenBanditLog.Read(_file, stop.Token));
        Should.Throw<OperationCanceledException>(() => PolicyEvaluation.Run(log, PositionPolicy.Uniform(log), null, null, null, stop.Token));
    }

    public void Dispose() => File.Delete(_file);

    private static void Holds(PolicyReport report)
    {
        report.Unsupported.ShouldBe(0);
        report.Comparisons.Length.ShouldBe(3);
        foreach (var against in report.Comparisons)
        {
            against.Covers.ShouldBeTrue($"{against} of {report}");
            Math.Abs(against.Difference).ShouldBeLessThan(against.HalfInterval, against.Estimator);
        }
    }

    private static PolicyReport Evaluate(ImmutableArray<LoggedChoice> log, PositionPolicy policy, ImmutableArray<LoggedChoice>? measured) =>
        PolicyEvaluation.Run(log, policy, measured, clip: null, null, TestContext.Current.CancellationToken);

    /// <summary>The dataset's own sample of its campaign for men, where there is one above the tests.</summary>
    private static (ImmutableArray<LoggedChoice> Thompson, ImmutableArray<LoggedChoice> Random) Sample()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "shared", "data", "obd"))) folder = folder.Parent;
        Assert.SkipWhen(folder is null, "there is no folder shared/data/obd above the tests");
        ImmutableArray<LoggedChoice> Of(string name) => OpenBanditLog.Read(Path.Combine(folder!.FullName, "shared", "data", "obd", name), TestContext.Current.CancellationToken);
        return (Of("bts_men.csv.gz"), Of("random_men.csv.gz"));
    }

    private ImmutableArray<LoggedChoice> Log(params string[] lines)
    {
        File.WriteAllLines(_file, lines);
        return OpenBanditLog.Read(_file, TestContext.Current.CancellationToken);
    }
}
