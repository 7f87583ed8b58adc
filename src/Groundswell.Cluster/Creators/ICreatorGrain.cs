using Groundswell.Core;

namespace Groundswell.Cluster.Creators;

/// <summary>One creator: how much they may upload, and when they were last seen.</summary>
[Alias("creator")]
public interface ICreatorGrain : IGrainWithIntegerKey
{
    /// <summary>Notes that the creator is in the studio; at most once every few minutes.</summary>
    [Alias("seen")]
    Task Seen(string name);

    /// <summary>Takes one upload from the day's allowance.</summary>
    /// <returns>Null when it may be uploaded, else how long to wait.</returns>
    [Alias("permit")]
    Task<TimeSpan?> PermitUpload();
}
