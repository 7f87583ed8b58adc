using Groundswell.Core;
using Groundswell.Ranking.Learning;

namespace Groundswell.Ranking.Ranker;

/// <summary>A slot that was served, until it is known what followed.</summary>
internal sealed class WaitingSlot(ViewerId viewer, VideoId video, FeatureRow row, int durationMs, DateTimeOffset at)
{
    public ViewerId Viewer => viewer;
    public VideoId Video => video;
    public FeatureRow Row => row;
    public int DurationMs => durationMs;
    public DateTimeOffset At => at;
    public bool Shown { get; set; }
    public bool Learned { get; set; }

    public Moment Now => new(this, Shown, Learned);

    public static WaitingSlot Load(BinaryReader from)
    {
        var row = new FeatureRow();
        var slot = new WaitingSlot(
            new ViewerId(from.ReadInt64()), new VideoId(from.ReadInt64()), row, from.ReadInt32(), new DateTimeOffset(from.ReadInt64(), TimeSpan.Zero))
        {
            Shown = from.ReadBoolean(),
            Learned = from.ReadBoolean(),
        };
        row.Load(from);
        return slot;
    }

    /// <summary>A slot as it was: all but two flags never changes.</summary>
    internal readonly record struct Moment(WaitingSlot Slot, bool Shown, bool Learned)
    {
        public void Save(BinaryWriter to)
        {
            to.Write(Slot.Viewer.Value);
            to.Write(Slot.Video.Value);
            to.Write(Slot.DurationMs);
            to.Write(Slot.At.UtcTicks);
            to.Write(Shown);
            to.Write(Learned);
            Slot.Row.Save(to);
        }
    }
}
