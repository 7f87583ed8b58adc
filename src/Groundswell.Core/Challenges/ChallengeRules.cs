namespace Groundswell.Core.Challenges;

/// <summary>What a challenge may be.</summary>
/// <param name="MostHashtags">Hashtags that each take a video part: people remember one, and write a second.</param>
/// <param name="LongestDays">Days from opening to closing: a season.</param>
/// <param name="MostRunning">Challenges that run or wait at once: more than a page shows nobody takes part in.</param>
public sealed record ChallengeRules(int MostHashtags = 3, int LongestDays = 90, int MostRunning = 30);
