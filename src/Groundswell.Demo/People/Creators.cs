using System.Collections.Immutable;
using Groundswell.Core.Chances;

namespace Groundswell.Demo.People;

/// <summary>The twenty-four who upload in the demo: two a genre.</summary>
public static class Creators
{
    private static readonly ImmutableArray<(string Handle, string DisplayName, string Genre)> Names =
    [
        ("juliaset", "Julia Okafor", "fractals"), ("bottomless", "Bottomless Zoom", "fractals"),
        ("cellblock9", "Cell Block 9", "automata"), ("tinyrules", "Tiny Rules", "automata"),
        ("hertzandco", "Hertz & Co", "waves"), ("sine.of.life", "Sina Olsen", "waves"),
        ("slowroom", "The Slow Room", "calm"), ("fog.and.felt", "Fog and Felt", "calm"),
        ("kickpattern", "Kick Pattern", "rhythm"), ("miraclaps", "Mira Claps", "rhythm"),
        ("tessellate.me", "Tess Elate", "patterns"), ("moirmoir", "Noor Moiré", "patterns"),
        ("paperwords", "Paper Words", "words"), ("lineendings", "Ines Linden", "words"),
        ("insertcoin", "Insert Coin", "gaming"), ("eightbitdad", "Eight Bit Dad", "gaming"),
        ("skywardslow", "Skyward", "nature"), ("mossandmiles", "Moss & Miles", "nature"),
        ("orbitlab", "Orbit Lab", "science"), ("profpendulum", "Prof. Pendulum", "science"),
        ("squashstretch", "Squash & Stretch", "animation"), ("beanstudio", "Bean Studio", "animation"),
        ("sevennotes", "Seven Notes", "music"), ("leftpedal", "Left Pedal", "music"),
    ];

    /// <summary>The same people for every seed; talent, cadence and temper are drawn from it.</summary>
    public static ImmutableArray<SyntheticCreator> Roster(ulong seed)
    {
        var chance = new Chance(seed).For("creators");
        return [.. Names.Select(name => Draw(name, chance.For(name.Handle)))];
    }

    private static SyntheticCreator Draw((string Handle, string DisplayName, string Genre) name, Chance chance) => new(
        name.Handle, name.DisplayName, name.Genre,
        Talent: Math.Clamp(0.5 + 0.22 * chance.For("talent").Normal(), 0.05, 0.97),
        UploadsPerWeek: 0.7 + chance.For("cadence").Exponential(2.3),
        QuitPropensity: 0.02 + 0.1 * chance.For("quit").Unit(),
        EarlyLeavePropensity: 0.05 + 0.25 * chance.For("early").Unit());
}
