using System.CommandLine;
using System.Globalization;
using Groundswell.Ranking.Learning;

namespace Groundswell.Cli;

/// <summary><c>--model-size</c>: how much the learned model may remember.</summary>
internal static class ModelSizeOption
{
    private const string Variable = "GROUNDSWELL_MODEL_SIZE";

    public static Option<int> Create()
    {
        var size = new Option<int>("--model-size")
        {
            Description = $"For how many viewers, and as many videos, the learned model has room: 1.7 kB for each pair. The environment variable {Variable} says the same.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } said ? ModelSize.Usual
                : int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var viewers) ? viewers : 0,
        };
        size.Validators.Add(result =>
        {
            if (!ModelSize.Allows(result.GetValueOrDefault<int>())) result.AddError($"{(result.Implicit ? Variable : "--model-size")}: {ModelSize.Range}");
        });
        return size;
    }
}
