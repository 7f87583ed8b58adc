using Groundswell.Core.Genres;
using Groundswell.Core.Videos;
using Groundswell.Media.Analysis;

namespace Groundswell.Media.Tests.Analysis;

public class GenreClassifierTests
{
    private static readonly GenreClassifier Classifier = new(new Taxonomy(
    [
        new Genre("animals", "Animals", ["dog", "dogs", "bird", "wildlife"]),
        new Genre("food", "Food", ["cook", "recipe", "match"]),
        new Genre("sports", "Sports", ["football", "match"]),
    ]));

    [Theory]
    [InlineData("dog", "", "animals")]
    [InlineData("birds", "", "animals")]
    [InlineData("cooking", "", "food")]
    [InlineData("cookery", "", "food")]
    [InlineData("footballs", "", "sports")]
    [InlineData("", "dogsofberlin", "animals")]
    [InlineData("recipe", "football", "sports")]
    [InlineData("unknown words", "nothing", null)]
    [InlineData("dogma", "", null)]
    [InlineData("footballing-adjacent", "", null)]
    [InlineData("", "", null)]
    public void Classify_FollowsTheWords(string words, string hashtags, string? genre)
    {
        var leading = Classify(words, hashtags).Leading;

        (leading is { } index ? (string[])["animals", "food", "sports"] : null)?[leading ?? 0].ShouldBe(genre);
        (leading is null).ShouldBe(genre is null);
    }

    [Fact]
    public void Classify_SharesAWordAmongItsGenres()
    {
        var mix = Classify("match", "");

        mix.Weights[1].ShouldBe(mix.Weights[2]);
        mix.Weights[1].ShouldBeGreaterThan(mix.Weights[0]);
    }

    [Fact]
    public void Classify_RulesNoGenreOut()
    {
        var mix = Classify("dog", "");

        mix.Weights.ShouldAllBe(weight => weight > 0);
        mix.Weights.Sum().ShouldBe(1, 1e-5);
    }

    [Fact]
    public void Classify_SaysNothingOfUnknownWords() => Classify("xyzzy", "").Weights.ShouldAllBe(weight => weight == 1f / 3);

    private static GenreMix Classify(string words, string hashtags) => Classifier.Classify(new TextFeatures(
        [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries)], [.. hashtags.Split(' ', StringSplitOptions.RemoveEmptyEntries)], []));
}
