namespace Groundswell.Core.Feed;

public enum FeedMode { Personalised, NonProfiled, Following, Latest }
