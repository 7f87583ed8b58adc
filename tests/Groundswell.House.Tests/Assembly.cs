global using Shouldly;
global using Xunit;
using System.Runtime.Versioning;

// The scripts judged here are bash.
[assembly: UnsupportedOSPlatform("windows")]
