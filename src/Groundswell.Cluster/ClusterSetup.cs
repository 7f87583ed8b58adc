using System.Net;
using Groundswell.Cluster.Audience;
using Groundswell.Cluster.Experiments;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Retention;
using Groundswell.Cluster.Uploads;
using Groundswell.Cluster.Viewers;
using Groundswell.Core.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Groundswell.Cluster;

/// <summary>How a process becomes a silo.</summary>
public static class ClusterSetup
{
    /// <summary>One silo on this machine, found by nobody else.</summary>
    public static ISiloBuilder UseGroundswell(this ISiloBuilder silo, int siloPort, int gatewayPort)
    {
        silo.UseLocalhostClustering(siloPort, gatewayPort, serviceId: "groundswell", clusterId: "groundswell");
        silo.Configure<EndpointOptions>(endpoints => endpoints.AdvertisedIPAddress = IPAddress.Loopback);
        silo.Configure<GrainCollectionOptions>(collection => collection.CollectionAge = TimeSpan.FromMinutes(20));
        // Our own records are immutable or owned by one grain: they cross the wire as JSON and are not copied within a silo.
        silo.Services.AddSerializer(serializer => serializer.AddJsonSerializer(
            OurOwn, _ => false, json => json.Configure(codec => codec.SerializerOptions = GroundswellJson.Options)));
        silo.Services.AddSingleton<Orleans.Serialization.Cloning.IGeneralizedCopier, SharedCopier>();
        return silo;
    }

    /// <summary>The background work of a silo: following the ledger and keeping it small, then media work.</summary>
    /// <exception cref="ArgumentException">A retention rule outside its range.</exception>
    public static IServiceCollection AddGroundswellWork(this IServiceCollection services, SnapshotPace snapshots, RetentionRules retention)
    {
        services.AddSingleton(retention.Checked());
        services.AddSingleton(snapshots);
        services.AddSingleton<LedgerFollower>();
        services.AddHostedService(provider => provider.GetRequiredService<LedgerFollower>());
        services.AddSingleton<LostPlays>();
        services.AddHostedService(provider => provider.GetRequiredService<LostPlays>());
        services.AddHostedService<CohortDraws>();
        services.AddHostedService<StageReports>();
        services.AddHostedService<GuardrailWatch>();
        services.AddSingleton<DailyCompaction>();
        services.AddHostedService(provider => provider.GetRequiredService<DailyCompaction>());
        services.AddSingleton<UploadProgress>();
        services.AddSingleton<UploadPipeline>();
        services.AddHostedService(provider => provider.GetRequiredService<UploadPipeline>());
        return services;
    }

    internal static bool OurOwn(Type type) =>
        type.Namespace?.StartsWith("Groundswell.", StringComparison.Ordinal) == true && !typeof(IAddressable).IsAssignableFrom(type);

    /// <summary>Hands the same instance on within a silo.</summary>
    private sealed class SharedCopier : Orleans.Serialization.Cloning.IGeneralizedCopier
    {
        public bool IsSupportedType(Type type) => OurOwn(type);

        public object? DeepCopy(object? input, Orleans.Serialization.Cloning.CopyContext context) => input;
    }
}
