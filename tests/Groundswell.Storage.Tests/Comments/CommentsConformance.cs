using Groundswell.Core;
using Groundswell.Core.Signals;

namespace Groundswell.Storage.Tests.Comments;

public abstract class CommentsConformance : Conformance
{
    [Fact]
    public async Task QualifiedComments_AreThereTheNewestFirst()
    {
        await AppendAsync(Facts.Comment("a", "first"), Facts.Signal("b"), Facts.Comment("c", "second"), Facts.Comment("d", "third"));
        var newest = Store.Comments.Newest(Facts.Video, 2);
        newest.ShouldBe([new StoredComment(4, Facts.Viewer, "third", Facts.At), new StoredComment(3, Facts.Viewer, "second", Facts.At)]);
        Store.Comments.Newest(new VideoId(99), 2).ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatCountsNothing_IsNoComment()
    {
        await AppendAsync(
            Facts.Comment("disqualified", "x") with { Disqualified = Disqualification.Burst },
            Facts.Comment("changed nothing", "x") with { Change = null },
            Facts.Comment("said nothing", null),
            Facts.Comment("empty", ""),
            Facts.Comment("shared", "by mail") with { Type = SignalType.Share },
            Facts.Comment("once", "kept"),
            Facts.Comment("once", "sent again"));
        Store.Comments.Newest(Facts.Video, 10).Select(comment => comment.Text).ShouldBe(["kept"]);
    }

    [Fact]
    public async Task WhatIsNoText_IsKeptAsFarAsItIs()
    {
        await AppendAsync(Facts.Comment("zero", "a\0b"), Facts.Comment("half a character", "a\uD83Cb"), Facts.Comment("a whole one", "🎉"));
        Store.Comments.Newest(Facts.Video, 10).Select(comment => comment.Text).ShouldBe(["🎉", "a\uFFFDb", "a\uFFFDb"]);
    }
}
