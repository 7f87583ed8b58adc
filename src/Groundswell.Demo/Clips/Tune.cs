using System.Globalization;

namespace Groundswell.Demo.Clips;

/// <summary>
/// A looping melody of up to 16 steps, one digit a step: 0 rests, 1 to 7 climb a pentatonic scale from <paramref name="RootHz"/>.
/// Eight possible digits fit a number in base 8, so that a formula reads the melody with one division: sound and picture
/// share the same score.
/// </summary>
internal sealed record Tune(string Steps, double StepSeconds, double RootHz, int Mode = 0)
{
    private string Number => Steps.Select((c, i) => (c - '0') * Math.Pow(8, i)).Sum().ToString("0", CultureInfo.InvariantCulture);

    /// <summary>The digit (0 to 7) at a step index; the index may be any number ≥ 0.</summary>
    public string DigitAt(string stepIndex) => $"mod(floor({Number}/pow(8,mod(floor({stepIndex}),{Steps.Length}))),8)";

    public string DigitNow(string time = "t") => DigitAt(FormattableString.Invariant($"{time}/{StepSeconds}"));

    /// <summary>Seconds since the current step began.</summary>
    public string SinceStep(string time = "t") => FormattableString.Invariant($"mod({time},{StepSeconds})");

    public string Pluck(double gain = 0.5, double decay = 5) => Voice(gain, decay, "sin(ld(3))+0.5*exp(-6*ld(0))*sin(2*ld(3))+0.25*exp(-9*ld(0))*sin(3*ld(3))");

    public string Bell(double gain = 0.4, double decay = 3) => Voice(gain, decay, "sin(ld(3))+0.6*exp(-3*ld(0))*sin(2.76*ld(3))+0.3*exp(-7*ld(0))*sin(5.4*ld(3))");

    public string Chip(double gain = 0.3, double decay = 2) => Voice(gain, decay, "(2*gt(sin(ld(3)),0.3)-1)");

    public string Bass(double gain = 0.5, double decay = 3) => Voice(gain, decay, "sin(ld(3))+0.4*sin(2*ld(3))+0.25*sin(3*ld(3))+0.15*sin(4*ld(3))");

    public string Flute(double gain = 0.4) => Voice(gain, 0.4, "sin(ld(3)+0.25*sin(2*PI*5*ld(0)))+0.2*sin(2*ld(3))", attack: 14);

    private string Voice(double gain, double decay, string wave, double attack = 150)
    {
        var pitch = FormattableString.Invariant($"{RootHz}*pow(2,(floor(2.4*(ld(1)-1+{Mode}))-{Math.Floor(2.4 * Mode)})/12)");
        var shape = FormattableString.Invariant($"{gain}*gt(ld(1),0)*min(1,ld(0)*{attack})*exp(-{decay}*ld(0))*min(1,({StepSeconds}-ld(0))*60)");
        return $"(st(0,{SinceStep()});st(1,{DigitNow()});st(3,2*PI*ld(0)*{pitch});{shape}*({wave}))";
    }
}

/// <summary>Sounds without a score, as terms of one formula over <c>t</c>; levels are relative, the renderer sets the loudness.</summary>
internal static class Sound
{
    /// <summary>A mono source that adds the terms up, then an optional chain of effects.</summary>
    public static string Of(params string[] terms) => $"aevalsrc='{string.Join('+', terms)}':s=24000:c=mono";

    public static string With(this string source, string effects) => $"{source},{effects}";

    public static string Room(this string source) => source.With("aecho=0.8:0.6:110|190:0.3|0.2");

    public static string Hall(this string source) => source.With("aecho=0.8:0.7:230|410|690:0.35|0.25|0.18");

    public static string Kick(double everySeconds, double offset = 0, double gain = 0.9) =>
        Hit(everySeconds, offset, FormattableString.Invariant($"{gain}*exp(-9*ld(0))*sin(2*PI*(46*ld(0)+4.5*(1-exp(-28*ld(0)))))"));

    public static string Snare(double everySeconds, double offset = 0, double gain = 0.45) =>
        Hit(everySeconds, offset, FormattableString.Invariant($"{gain}*exp(-16*ld(0))*(0.5*sin(2*PI*190*ld(0))+random(9)-0.5)"));

    public static string Hat(double everySeconds, double offset = 0, double gain = 0.22) =>
        Hit(everySeconds, offset, FormattableString.Invariant($"{gain}*exp(-55*ld(0))*(2*random(8)-1)"));

    public static string Wood(double everySeconds, double offset = 0, double hertz = 800, double gain = 0.5) =>
        Hit(everySeconds, offset, FormattableString.Invariant($"{gain}*exp(-38*ld(0))*sin(2*PI*{hertz}*ld(0))"));

    /// <summary>Sustained tones that swell slowly, each with its own breath.</summary>
    public static string Pad(double gain, params double[] hertz) =>
        string.Join('+', hertz.Select((f, i) => FormattableString.Invariant(
            $"{gain}*(0.65+0.35*sin({0.5 + 0.17 * i}*t+{i}))*(sin(2*PI*{f}*t)+0.3*sin(4*PI*{f}*t+{i})+0.2*sin(2*PI*{f * 1.004}*t))")));

    /// <summary>Noise whose level follows a formula from 0 to 1.</summary>
    public static string Noise(string level, double gain = 0.5) => FormattableString.Invariant($"{gain}*({level})*(2*random(7)-1)");

    private static string Hit(double every, double offset, string wave) =>
        FormattableString.Invariant($"(st(0,mod(t+{every}-{offset},{every}));{wave})");
}
