using System.Collections.Immutable;
using Groundswell.Cluster;
using Groundswell.Core;
using Groundswell.Server.Http;
using Groundswell.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;

namespace Groundswell.Server.Access;

public sealed record SessionAnswer(ViewerId ViewerId, string? CsrfToken, AccountCard? Account, bool Demo, DateTimeOffset ServerTime);

public sealed record AccountCard(CreatorId Id, string Name, ImmutableArray<string> Roles);

public sealed record CredentialsBody(string? Name, string? Password);

/// <param name="Roles">Roles that the token may use; all of the account's when missing.</param>
public sealed record TokenBody(string? Name, string? Password, ImmutableArray<string>? Roles);

public sealed record TokenAnswer(string AccessToken, string TokenType, DateTimeOffset ExpiresAt, ImmutableArray<string> Roles);

/// <summary>Signing in and out, new accounts, tokens for apps.</summary>
internal static class SessionEndpoints
{
    private const int ShortestPassword = 10;
    private const int LongestPassword = 128;
    private const int ShortestName = 3;
    private const int LongestName = 30;

    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/session", Get).WithName("session").WithTags("Access").WithSummary("Who the caller is");
        routes.MapPost("/session", SignIn).WithName("sign_in").WithTags("Access").WithSummary("Sign in with name and password")
            .RequireRateLimiting(RateLimits.SigningIn).ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status429TooManyRequests);
        routes.MapDelete("/session", (Delegate)SignOut).WithName("sign_out").WithTags("Access").WithSummary("Sign out");
        routes.MapPost("/accounts", Create).WithName("create_account").WithTags("Access").WithSummary("A new creator account, signed in at once")
            .RequireRateLimiting(RateLimits.SigningIn).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        routes.MapPost("/tokens", Token).WithName("token").WithTags("Access").WithSummary("A bearer token for an app")
            .RequireRateLimiting(RateLimits.SigningIn).ProducesProblem(StatusCodes.Status401Unauthorized);
    }

    private static Ok<SessionAnswer> Get(HttpContext context, Engine engine, Callers callers, IAntiforgery antiforgery, ServerOptions options)
    {
        callers.Remember(context);
        return TypedResults.Ok(Answer(context, engine, callers, antiforgery, options));
    }

    private static async Task<Results<Ok<SessionAnswer>, ProblemHttpResult>> SignIn(
        CredentialsBody body, HttpContext context, Engine engine, Passwords passwords, Callers callers, IAntiforgery antiforgery, ServerOptions options)
    {
        if (passwords.Verify(body.Name, body.Password) is not { } account) return WrongCredentials();
        await SignInAsync(context, account);
        callers.Remember(context);
        return TypedResults.Ok(Answer(context, engine, callers, antiforgery, options));
    }

    private static async Task<NoContent> SignOut(HttpContext context)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Created<SessionAnswer>, ProblemHttpResult>> Create(
        CredentialsBody body, HttpContext context, Engine engine, Passwords passwords, Callers callers, IAntiforgery antiforgery, ServerOptions options)
    {
        var name = body.Name?.Trim() ?? "";
        if (name.Length is < ShortestName or > LongestName || !name.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '-'))
            return Problem.Invalid(("name", $"A name has {ShortestName} to {LongestName} letters, digits, dots, dashes or underscores."));
        if (body.Password?.Length is not (>= ShortestPassword and <= LongestPassword))
            return Problem.Invalid(("password", $"A password has {ShortestPassword} to {LongestPassword} characters."));
        if (await passwords.CreateAsync(name, body.Password, [Roles.Creator], context.RequestAborted) is not { } account)
            return Problem.Of(StatusCodes.Status409Conflict, "The name is taken", $"Somebody is called “{name}” already; please choose another name.");
        await SignInAsync(context, account);
        callers.Remember(context);
        return TypedResults.Created((string?)null, Answer(context, engine, callers, antiforgery, options));
    }

    private static Results<Ok<TokenAnswer>, ProblemHttpResult> Token(TokenBody body, Passwords passwords, Tokens tokens)
    {
        if (passwords.Verify(body.Name, body.Password) is not { } account) return WrongCredentials();
        var roles = body.Roles is { } wanted ? [.. account.Roles.Intersect(wanted)] : account.Roles;
        return TypedResults.Ok(new TokenAnswer(tokens.ForAccount(account.Id, roles), "Bearer", tokens.AccountExpiry, roles));
    }

    private static async Task SignInAsync(HttpContext context, Account account)
    {
        var principal = Bearer.Principal(account, account.Roles, CookieAuthenticationDefaults.AuthenticationScheme);
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, principal, new AuthenticationProperties { IsPersistent = true });
        // What follows in this request, the antiforgery token first of all, must already be the account's.
        context.User = principal;
        context.Items.Remove(typeof(Caller));
    }

    private static SessionAnswer Answer(HttpContext context, Engine engine, Callers callers, IAntiforgery antiforgery, ServerOptions options)
    {
        var caller = callers.Of(context);
        var account = caller is { Account: { } id, Name: { } name }
            ? new AccountCard(id, name, [.. context.User.FindAll(System.Security.Claims.ClaimTypes.Role).Select(claim => claim.Value)])
            : null;
        return new SessionAnswer(caller.Viewer, antiforgery.GetAndStoreTokens(context).RequestToken, account, options.Demo, engine.Now);
    }

    private static ProblemHttpResult WrongCredentials() =>
        Problem.Of(StatusCodes.Status401Unauthorized, "Not signed in", "The name or the password is not right.");
}

/// <summary>Accounts and their passwords: PBKDF2 by ASP.NET Core Identity's hasher.</summary>
internal sealed class Passwords(IStore store, Engine engine)
{
    private static readonly PasswordHasher<Account> Hasher = new();
    private static readonly Account Nobody = new(0, "nobody", "", [], DateTimeOffset.UnixEpoch);
    private static readonly string NobodysHash = Hasher.HashPassword(Nobody, "nobody has this password");

    public Account? Verify(string? name, string? password)
    {
        var account = name is { Length: > 0 and <= Account.LongestName } ? store.Accounts.Find(name) : null;
        // An unknown name costs the same time as a wrong password, so that names cannot be probed.
        var verdict = Hasher.VerifyHashedPassword(account ?? Nobody, account?.PasswordHash ?? NobodysHash, password ?? "");
        return verdict == PasswordVerificationResult.Failed ? null : account;
    }

    public Task<Account?> CreateAsync(string name, string password, ImmutableArray<string> roles, CancellationToken cancellation) =>
        store.Accounts.CreateAsync(engine.Ids.Next<CreatorId>().Value, name, Hasher.HashPassword(Nobody, password), roles, cancellation);
}
