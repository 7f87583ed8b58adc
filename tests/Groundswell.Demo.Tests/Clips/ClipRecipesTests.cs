using Groundswell.Core.Genres;
using Groundswell.Demo.Clips;
using Groundswell.Demo.People;

namespace Groundswell.Demo.Tests.Clips;

public class ClipRecipesTests
{
    private static IReadOnlyList<ClipRecipe> All => ClipRecipes.All(7);

    [Fact]
    public void All_IsTheSameForTheSameSeed()
    {
        ClipRecipes.All(7).Select(Line).ShouldBe(ClipRecipes.All(7).Select(Line));
        ClipRecipes.All(8).Select(Line).ShouldNotBe(ClipRecipes.All(7).Select(Line));
    }

    [Fact]
    public void All_OpensWithTwelveDifferentGenres() =>
        All.Take(12).Select(clip => clip.Genre).Distinct().Count().ShouldBe(12);

    [Fact]
    public void All_HasEightVariantsOfEveryGenre()
    {
        var regular = All.Where(clip => clip.Purpose == ClipPurpose.Regular).ToList();
        regular.Count.ShouldBeGreaterThanOrEqualTo(96);
        regular.GroupBy(clip => clip.Genre).ShouldAllBe(genre => genre.Count() >= 8);
        regular.Select(clip => clip.Genre).Distinct().Order().ShouldBe(ClipRecipes.Genres.Order());
    }

    [Fact]
    public void All_HasInhabitantsForEveryStage()
    {
        All.Count(clip => clip.Purpose == ClipPurpose.NearDuplicate).ShouldBe(2);
        All.Count(clip => clip.Purpose == ClipPurpose.NeedsReviewer).ShouldBe(3);
        All.Count(clip => clip.Purpose == ClipPurpose.Dull).ShouldBe(2);
    }

    [Fact]
    public void Names_Captions_AndScenesAreUnique()
    {
        All.Select(clip => clip.Name).ShouldBeUnique();
        All.Select(clip => clip.Caption).ShouldBeUnique();
        All.Where(clip => clip.Purpose == ClipPurpose.Regular).Select(clip => clip.Scene.Picture + string.Concat(clip.Scene.Stills.SelectMany(still => still.Pixels))).ShouldBeUnique();
    }

    [Fact]
    public void Durations_AreFourToFifteenSeconds() =>
        All.ShouldAllBe(clip => clip.DurationMs >= 4000 && clip.DurationMs <= 15000);

    [Fact]
    public void Hashtags_AreTwoToFourAndSpeakForTheGenre()
    {
        var taxonomy = Taxonomy.Default;
        foreach (var clip in All)
        {
            clip.Hashtags.Length.ShouldBeInRange(2, 4, clip.Name);
            var genre = taxonomy[taxonomy.IndexOf(clip.Genre) ?? throw new InvalidOperationException(clip.Genre)];
            clip.Hashtags.Intersect(genre.Words).ShouldNotBeEmpty(clip.Name);
        }
    }

    [Fact]
    public void Creators_AreTwentyFourAndUploadTheirOwnGenre()
    {
        var creators = Creators.Roster(7);
        creators.Length.ShouldBe(24);
        creators.Select(creator => creator.Handle).ShouldBeUnique();
        var genreOf = creators.ToDictionary(creator => creator.Handle, creator => creator.Genre);
        All.ShouldAllBe(clip => genreOf[clip.CreatorHandle] == clip.Genre);
    }

    [Fact]
    public void Arguments_NameNoFileButTheOutput()
    {
        foreach (var clip in All)
        {
            var arguments = clip.FfmpegArguments("out.mp4");
            arguments[^1].ShouldBe("out.mp4");
            for (var i = 0; i + 1 < arguments.Count; i++)
                if (arguments[i] == "-i") arguments[i + 1].ShouldStartWith("data:", customMessage: clip.Name);
            arguments.ShouldAllBe(argument => argument.Length < 128 * 1024);
        }
    }

    private static string Line(ClipRecipe clip) =>
        string.Join('|', clip.Name, clip.CreatorHandle, clip.HiddenQuality, string.Join(' ', clip.FfmpegArguments("out.mp4")));
}
