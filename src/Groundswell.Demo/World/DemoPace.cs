namespace Groundswell.Demo.World;

/// <summary>How much life the demo has.</summary>
/// <param name="Viewers">Synthetic viewers at first; while the demo runs, new ones keep coming.</param>
/// <param name="Days">Simulated days that the first start fast-forwards.</param>
/// <param name="FirstClips">Clips uploaded within those days; the rest arrives while the demo runs.</param>
/// <param name="SecondsBetweenSessions">Live, a viewer opens the app this often, on average.</param>
/// <param name="SecondsBetweenUploads">Live, a creator uploads this often until all clips are there.</param>
public sealed record DemoPace(
    int Viewers = 300, int Days = 14, int FirstClips = 30, double SecondsBetweenSessions = 1.5, double SecondsBetweenUploads = 15);
