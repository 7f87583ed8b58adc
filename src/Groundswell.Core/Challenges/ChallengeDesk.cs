using System.Collections.Immutable;

namespace Groundswell.Core.Challenges;

/// <summary>Decides whether a challenge may be opened, or be as an operator wants it. Pure.</summary>
public static class ChallengeDesk
{
    public const int LongestSlug = 40;
    public const int LongestTitle = 80;
    public const int LongestDescription = 600;
    public const int LongestSound = 100;
    private const int LongestHashtag = 60;

    /// <summary>Why a challenge cannot be opened; null when it can.</summary>
    /// <param name="all">Every challenge there is, closed ones included: an address stays that of its challenge.</param>
    public static Objection? ToOpen(string slug, ChallengeTerms terms, IReadOnlyCollection<Challenge> all, ChallengeRules rules, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(terms.Title)) return new("title", $"A title has 1 to {LongestTitle} characters.");
        if (!IsSlug(slug)) return new("slug", $"A slug has 2 to {LongestSlug} lower-case letters, digits and dashes, and begins and ends with none of the dashes.");
        if (all.Any(other => other.Slug == slug)) return new("slug", $"There is a challenge called {slug} already; choose another slug.");
        if (terms.Closes <= now) return new("closes", "A challenge closes in the future.");
        if (all.Count(other => other.Status(now) != ChallengeStatus.Closed) >= rules.MostRunning)
            return new("slug", $"At most {rules.MostRunning} challenges run at once; close one first.");
        return ToTerms(terms, null, all, rules, now);
    }

    /// <summary>Why a challenge cannot become so; null when it can.</summary>
    public static Objection? ToEdit(Challenge challenge, ChallengeTerms terms, IReadOnlyCollection<Challenge> all, ChallengeRules rules, DateTimeOffset now) =>
        challenge.Status(now) == ChallengeStatus.Closed
            ? new("closes", "It is closed, and stays as it was; open a new challenge instead.")
            : ToTerms(terms, challenge.Id, all, rules, now);

    private static Objection? ToTerms(ChallengeTerms terms, ChallengeId? self, IReadOnlyCollection<Challenge> all, ChallengeRules rules, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(terms.Title) || terms.Title.Length > LongestTitle) return new("title", $"A title has 1 to {LongestTitle} characters.");
        if (terms.Description.Length > LongestDescription) return new("description", $"A description has at most {LongestDescription} characters.");
        if (terms.Sound?.Length > LongestSound) return new("sound", $"A sound's title has at most {LongestSound} characters.");
        if (terms.Hashtags.Length < 1 || terms.Hashtags.Length > rules.MostHashtags) return new("hashtags", $"Give 1 to {rules.MostHashtags} hashtags.");
        if (terms.Hashtags.Any(tag => tag.Length > LongestHashtag)) return new("hashtags", $"A hashtag has at most {LongestHashtag} characters.");
        if (terms.Closes <= terms.Opens) return new("closes", "A challenge closes after it opens.");
        if (terms.Closes - terms.Opens > TimeSpan.FromDays(rules.LongestDays)) return new("closes", $"A challenge runs for at most {rules.LongestDays} days.");
        return Taken(terms, self, all, now) is { } taken ? new("hashtags", $"#{taken.Tag} belongs to the challenge {taken.Slug}, which has not closed; choose another.") : null;
    }

    /// <summary>A hashtag of a challenge that has not closed: a video would take part in both by one word.</summary>
    private static (string Tag, string Slug)? Taken(ChallengeTerms terms, ChallengeId? self, IReadOnlyCollection<Challenge> all, DateTimeOffset now)
    {
        foreach (var other in all.Where(other => other.Id != self && other.Status(now) != ChallengeStatus.Closed))
            foreach (var tag in terms.Hashtags)
                if (other.Terms.Hashtags.Contains(tag)) return (tag, other.Slug);
        return null;
    }

    private static bool IsSlug(string slug) =>
        slug.Length is >= 2 and <= LongestSlug && slug[0] != '-' && slug[^1] != '-' && slug.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
}
