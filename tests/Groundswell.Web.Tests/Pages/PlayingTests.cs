using Groundswell.Cluster;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Groundswell.Web.Tests.Pages;

/// <summary>What the feed page reports of playing, as it stands in the ledger.</summary>
public sealed class PlayingTests(Site site) : IClassFixture<Site>
{
    private Engine Engine => site.Server.Services.GetRequiredService<Engine>();

    [Fact]
    public async Task Feed_ReportsWhatWasPlayed_AsRanges_OnSwipingOn()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        var from = Engine.Ledger.Head;
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync("/");
        await visit.Current.WaitForAsync();
        await visit.Page.WaitForTimeoutAsync(Site.ClipMs + 1200);
        await visit.Page.Keyboard.PressAsync("ArrowDown");

        var end = await SignalAsync(from, signal => signal.Type == SignalType.PlayEnd);

        end.Disqualified.ShouldBeNull();
        end.Play!.End.ShouldBe(EndReason.Swipe);
        var range = end.Play.Ranges.ShouldNotBeNull().Span.ToArray().ShouldHaveSingleItem();
        (range.FromMs, range.LengthMs).ShouldBe((0, end.Play.PlayedMs));
        end.Change!.After.Actions.ShouldBe(Actions.Completion);
        visit.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Feed_BeatsWhilePlaying_AndEndsThePlayOfAPageThatCloses()
    {
        Assert.SkipWhen(site.Missing is not null, site.Missing ?? "");
        var from = Engine.Ledger.Head;
        await using var visit = await site.VisitAsync();
        await visit.Page.GotoAsync("/");
        await visit.Current.WaitForAsync();

        var beat = await SignalAsync(from, signal => signal.Type == SignalType.Heartbeat);
        beat.Play!.Ranges.ShouldNotBeNull();
        beat.Change!.After.Resolved.ShouldBeFalse();
        await visit.Page.CloseAsync(new PageCloseOptions { RunBeforeUnload = false });

        var end = await SignalAsync(from, signal => signal.Type == SignalType.PlayEnd && signal.Viewer == beat.Viewer);
        end.Play!.End.ShouldBeOneOf(EndReason.Background, EndReason.Exit);
        end.Change!.After.Resolved.ShouldBeTrue();
    }

    /// <summary>The first signal of a kind after a position; the page sends in its own time.</summary>
    private async Task<SignalRecorded> SignalAsync(long after, Func<SignalRecorded, bool> wanted)
    {
        for (var tries = 0; tries < 150; tries++)
        {
            if (Engine.Ledger.Read(after, 4000).Select(recorded => recorded.Entry).OfType<SignalRecorded>().FirstOrDefault(wanted) is { } found) return found;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException("The page has not sent it within 15 s.");
    }
}
