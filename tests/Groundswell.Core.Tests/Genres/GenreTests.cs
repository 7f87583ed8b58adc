using Groundswell.Core.Genres;

namespace Groundswell.Core.Tests.Genres;

public class GenreTests
{
    [Fact]
    public void Default_NamesEveryGenreOnce()
    {
        Taxonomy.Default.Genres.Select(genre => genre.Name).ShouldBeUnique();
        for (var i = 0; i < Taxonomy.Default.Count; i++) Taxonomy.Default.IndexOf(Taxonomy.Default[i].Name).ShouldBe(i);
        Taxonomy.Default.IndexOf("no such genre").ShouldBeNull();
        Should.Throw<ArgumentException>(() => new Taxonomy([]));
    }

    [Theory]
    [InlineData(new[] { 0f, 0, 0, 0 }, null)]
    [InlineData(new[] { 1f, 1, 1, 1 }, null)]
    [InlineData(new[] { 2f, 1, 1, 1 }, 0)]
    [InlineData(new[] { 0f, 3, 3, 0 }, 1)]
    [InlineData(new[] { 0f, 0, 0, 9 }, 3)]
    public void Leading_IsTheHeaviestThatStandsOut(float[] evidence, int? leading)
    {
        var mix = GenreMix.FromEvidence(evidence);

        mix.Leading.ShouldBe(leading);
        mix.Weights.Sum().ShouldBe(1, 1e-6);
    }
}
