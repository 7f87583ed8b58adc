namespace Groundswell.Server.Access;

/// <summary>What an account may do. Everybody is a viewer, without an account.</summary>
public static class Roles
{
    public const string Creator = "creator";
    public const string Reviewer = "reviewer";
    public const string Operator = "operator";

    public static readonly string[] All = [Creator, Reviewer, Operator];
}
