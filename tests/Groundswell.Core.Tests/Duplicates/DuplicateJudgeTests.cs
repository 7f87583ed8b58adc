using System.Collections.Immutable;
using CsCheck;
using Groundswell.Core.Chances;
using Groundswell.Core.Duplicates;

namespace Groundswell.Core.Tests.Duplicates;

public class DuplicateJudgeTests
{
    private const int TenSeconds = 10_000;
    private static readonly DuplicateRules Rules = new DuplicateRules().Checked();

    [Fact]
    public void Judge_FindsTheSameVideo()
    {
        var original = Video(1);

        var verdict = Judge(original, [Known(7, original), Known(8, Video(2))]);

        verdict.ShouldBe(new DuplicateVerdict.DuplicateOf(new VideoId(7), MatchedShare: 1, MeanDistance: 0, IsMirrored: false));
    }

    [Fact]
    public void Judge_SeesThroughAMirror() =>
        Judge(Video(1).Mirrored(), [Known(7, Video(1))]).ShouldBeOfType<DuplicateVerdict.DuplicateOf>().IsMirrored.ShouldBeTrue();

    [Fact]
    public void Judge_CallsAStrangerOriginal() =>
        Judge(Video(1), [Known(7, Video(2)), Known(8, Video(3))]).ShouldBeOfType<DuplicateVerdict.Original>();

    [Fact]
    public void Judge_CallsAnythingOriginalInAnEmptyCatalogue() =>
        Judge(Video(1), []).ShouldBe(new DuplicateVerdict.Original(NearestShare: 0));

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void Judge_AcceptsFramesUpToTheMaximalDistance(int flippedBits, bool isCopy)
    {
        var flips = (1ul << flippedBits) - 1;
        var altered = Video(1) with { FrameHashes = [.. Video(1).FrameHashes.Select(hash => hash ^ flips)] };

        (Judge(altered, [Known(7, Video(1))]) is DuplicateVerdict.DuplicateOf).ShouldBe(isCopy);
    }

    [Theory]
    [InlineData(12, true)]
    [InlineData(11, false)]
    public void Judge_NeedsThreeQuartersOfTheFrames(int sharedFrames, bool isCopy)
    {
        var mixed = Video(1) with { FrameHashes = [.. Video(1).FrameHashes.Take(sharedFrames), .. Video(2).FrameHashes.Skip(sharedFrames)] };

        (Judge(mixed, [Known(7, Video(1))]) is DuplicateVerdict.DuplicateOf).ShouldBe(isCopy);
    }

    [Fact]
    public void Judge_WantsTheFramesInTheOrderOfTheKnownVideo()
    {
        var reversed = Video(1) with { FrameHashes = [.. Video(1).FrameHashes.Reverse()] };

        Judge(reversed, [Known(7, Video(1))]).ShouldBe(new DuplicateVerdict.Original(NearestShare: 1.0 / Fingerprint.Frames));
    }

    [Fact]
    public void Judge_LetsSeveralFramesOfASlowedCopyMatchOneFrame()
    {
        var stretched = Video(1) with { FrameHashes = [.. Enumerable.Range(0, Fingerprint.Frames).Select(i => Video(1).FrameHashes[i / 2])] };

        Judge(stretched, [Known(7, Video(1))]).ShouldBeOfType<DuplicateVerdict.DuplicateOf>().MatchedShare.ShouldBe(1);
    }

    [Fact]
    public void Judge_ProvesNothingByTwoInformativeFrames()
    {
        var almostBlank = Video(1) with { Informative = [true, true, .. new bool[Fingerprint.Frames - 2]] };

        Judge(almostBlank, [Known(7, almostBlank)]).ShouldBeOfType<DuplicateVerdict.Original>();
    }

    [Fact]
    public void Judge_IgnoresFramesWithoutInformation()
    {
        var blankStart = new Fingerprint(
            [.. Video(2).FrameHashes.Take(4), .. Video(1).FrameHashes.Skip(4)],
            [false, false, false, false, .. Enumerable.Repeat(true, Fingerprint.Frames - 4)]);

        Judge(blankStart, [Known(7, Video(1))]).ShouldBeOfType<DuplicateVerdict.DuplicateOf>().MatchedShare.ShouldBe(1);
    }

    [Theory]
    [InlineData(40_000, true)]
    [InlineData(40_001, false)]
    [InlineData(2_500, true)]
    [InlineData(2_499, false)]
    public void Judge_ComparesLengthsUpToTheMaximalRatio(int knownMs, bool isCopy) =>
        (Judge(Video(1), [new KnownVideo(new VideoId(7), Video(1), knownMs)]) is DuplicateVerdict.DuplicateOf).ShouldBe(isCopy);

    [Fact]
    public void Judge_TakesTheLowestIdAmongEqualMatches() =>
        Judge(Video(1), [Known(9, Video(1)), Known(7, Video(1)), Known(8, Video(1))])
            .ShouldBeOfType<DuplicateVerdict.DuplicateOf>().Video.ShouldBe(new VideoId(7));

    [Fact]
    public void Judge_DoesNotDependOnTheOrderOfTheCatalogue() =>
        Gen.Select(Gen.ULong, Gen.Int[0, 12]).Sample((seed, flippedBits) =>
        {
            var original = Video(seed);
            var altered = original with { FrameHashes = [.. original.FrameHashes.Select(hash => hash ^ ((1ul << flippedBits) - 1))] };
            ImmutableArray<KnownVideo> known = [Known(1, Video(seed + 1)), Known(2, original), Known(3, altered), Known(4, original.Mirrored())];
            Judge(altered, known).ShouldBe(Judge(altered, [.. known.Reverse()]));
        });

    [Theory]
    [InlineData(-1, 0.75, 3)]
    [InlineData(8, 0, 3)]
    [InlineData(8, 0.75, 17)]
    public void Checked_RefusesRulesOutOfRange(int distance, double share, int frames) =>
        Should.Throw<ArgumentOutOfRangeException>(() =>
            new DuplicateRules { MaxDistance = distance, MinMatchedShare = share, MinInformativeFrames = frames }.Checked());

    private static DuplicateVerdict Judge(Fingerprint upload, IReadOnlyList<KnownVideo> known) =>
        DuplicateJudge.Judge(upload, known, TenSeconds, Rules);

    private static KnownVideo Known(long id, Fingerprint fingerprint) => new(new VideoId(id), fingerprint, TenSeconds);

    /// <summary>Sixteen frames of unrelated hashes, the same for the same seed.</summary>
    private static Fingerprint Video(ulong seed) => new(
        [.. Enumerable.Range(0, Fingerprint.Frames).Select(frame => new Chance(seed).For(frame).Bits())],
        [.. Enumerable.Repeat(true, Fingerprint.Frames)]);
}
