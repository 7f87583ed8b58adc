using Groundswell.Media.Analysis;

namespace Groundswell.Media.Tests.Analysis;

public class CaptionAnalysisTests
{
    [Theory]
    [InlineData("", "", "")]
    [InlineData("A dog, a DOG!", "a dog", "")]
    [InlineData("Morning run #Running #5k", "morning run", "running 5k")]
    [InlineData("#one#two", "", "one two")]
    [InlineData("# alone", "alone", "")]
    [InlineData("don’t stop 'til", "don't stop til", "")]
    [InlineData("Größe ΑΘΗΝΑ Привет", "größe αθηνα привет", "")]
    [InlineData("#日本 東京タワー", "東京タワー", "日本")]
    [InlineData("नमस्ते दुनिया", "नमस्ते दुनिया", "")]
    [InlineData("ＦＵＬＬ width", "full width", "")]
    [InlineData("so good 🐶🐶 #dog🐶", "so good", "dog")]
    [InlineData("snake_case e-mail", "snake_case e mail", "")]
    public void Analyse_ReadsWordsAndHashtags(string caption, string words, string hashtags)
    {
        var text = CaptionAnalysis.Analyse(CaptionInput.Of(caption), BlockedTerms.None);

        string.Join(' ', text.Words).ShouldBe(words);
        string.Join(' ', text.Hashtags).ShouldBe(hashtags);
    }

    [Fact]
    public void Analyse_JoinsHashtagsGivenApart() =>
        CaptionAnalysis.Analyse(new CaptionInput("#one", ["#Two", "one", "three"]), BlockedTerms.None).Hashtags.ShouldBe(["one", "two", "three"]);

    [Theory]
    [InlineData("a BAD thing", "bad")]
    [InlineData("#bad", "bad")]
    [InlineData("badly done", "")]
    [InlineData("Very, very Nasty thing", "nasty thing")]
    [InlineData("ｂａｄ", "bad")]
    [InlineData("𝓑𝓪𝓭", "bad")]
    [InlineData("b\u200Bad", "bad")]
    public void Analyse_FindsBlockedWordsAndPhrases(string caption, string found) =>
        string.Join('|', CaptionAnalysis.Analyse(CaptionInput.Of(caption), new BlockedTerms(["Bad", "nasty thing", " "])).BlockedTerms).ShouldBe(found);

    [Fact]
    public void Analyse_BearsBrokenSurrogatesAndEndlessText()
    {
        CaptionAnalysis.Analyse(CaptionInput.Of("cut \ud83d"), BlockedTerms.None).Words.ShouldBe(["cut"]);
        CaptionAnalysis.Analyse(CaptionInput.Of(new string('a', 1_000_000)), BlockedTerms.None).Words[0].Length.ShouldBe(CaptionAnalysis.LongestText);
    }
}
