namespace Groundswell.Core;

/// <summary>What is wrong with a field of something that an operator wants, as a sentence with a way on.</summary>
public sealed record Objection(string Field, string Sentence);
