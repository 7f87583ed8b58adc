using System.Collections.Immutable;

namespace Groundswell.Core.Trends;

public enum TopicKind { Hashtag, Sound, Challenge }

/// <summary>What videos can have in common, and a trend can be about.</summary>
/// <param name="Name">A hashtag without its '#', a sound's title in lower case, or a challenge's slug: equal names are one topic.</param>
public readonly record struct Topic(TopicKind Kind, string Name)
{
    public static Topic Hashtag(string tag) => new(TopicKind.Hashtag, tag);

    /// <summary>Titles that differ in case and blanks only are one sound.</summary>
    public static Topic Sound(string title) =>
        new(TopicKind.Sound, string.Join(' ', title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant());

    public static Topic Challenge(string slug) => new(TopicKind.Challenge, slug);

    /// <summary>The topics of an upload; challenges come and go, so they are not among them.</summary>
    public static ImmutableArray<Topic> Of(ImmutableArray<string> hashtags, string? sound)
    {
        var topics = ImmutableArray.CreateBuilder<Topic>(hashtags.Length + 1);
        foreach (var tag in hashtags) topics.Add(Hashtag(tag));
        if (!string.IsNullOrWhiteSpace(sound)) topics.Add(Sound(sound));
        return topics.ToImmutable();
    }

    /// <summary>By kind, then by name: the order in which trends are written down.</summary>
    public static IComparer<Topic> Order { get; } = Comparer<Topic>.Create((left, right) =>
        left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind) : string.CompareOrdinal(left.Name, right.Name));

    /// <summary>As a sentence names it.</summary>
    public string InWords => Kind switch { TopicKind.Hashtag => $"#{Name}", TopicKind.Sound => $"the sound “{Name}”", _ => $"the challenge “{Name}”" };

    public override string ToString() => $"{Kind}:{Name}";
}

/// <summary>Where viewers are, as a number. What the number stands for is up to whoever asks viewers for it.</summary>
public static class Regions
{
    /// <summary>
    /// The whole audience: every viewer counts there. It is also what a viewer's region is while they have not agreed to say it.
    /// </summary>
    public const int Everywhere = 0;
}
