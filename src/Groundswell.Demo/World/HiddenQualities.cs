using Groundswell.Core.Chances;
using Groundswell.Core.Videos;
using Groundswell.Demo.Clips;

namespace Groundswell.Demo.World;

/// <summary>How well made each video is, from 0 to 1: known to the synthetic audience, never to the engine. A real person's upload gets a keyed draw.</summary>
internal sealed class HiddenQualities(IEnumerable<ClipRecipe> recipes, Chance chance)
{
    private readonly Dictionary<string, double> _byFile = recipes.ToDictionary(ClipShelf.FileNameOf, recipe => recipe.HiddenQuality);

    public double Of(VideoState video) =>
        _byFile.TryGetValue(video.FileName, out var quality) ? quality : 0.35 + (0.6 * chance.For("quality").For(video.Id.Value).Unit());
}
