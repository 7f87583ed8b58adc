namespace Groundswell.Core.Trends;

/// <summary>Why a video is lifted: the topic that rises most of those it is about, and where.</summary>
public readonly record struct TopicLift(double Lift, Topic? Topic, int Region = Regions.Everywhere)
{
    public static TopicLift None { get; } = new(1, null);
}
