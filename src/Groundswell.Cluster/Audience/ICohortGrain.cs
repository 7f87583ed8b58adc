namespace Groundswell.Cluster.Audience;

/// <summary>The division of the audience into cohorts; there is one, with key 0, so that no two are ever drawn at once.</summary>
[Alias("cohorts")]
public interface ICohortGrain : IGrainWithIntegerKey
{
    const long Only = 0;

    /// <summary>Draws the clusters anew when it is time.</summary>
    /// <returns>Whether it was.</returns>
    [Alias("draw_when_due")]
    Task<bool> DrawWhenDue();
}
