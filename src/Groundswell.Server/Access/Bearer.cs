using System.Security.Claims;
using System.Text.Encodings.Web;
using Groundswell.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Groundswell.Server.Access;

/// <summary>Signs a request in by an account's bearer token: with the roles that the token was asked for and the account still has.</summary>
public sealed class Bearer(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, Tokens tokens, IStore store)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "Bearer";

    public static string? TokenOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;
    }

    /// <summary>The signed-in account as claims.</summary>
    public static ClaimsPrincipal Principal(Account account, IEnumerable<string> roles, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, account.Id.ToString()),
            new Claim(ClaimTypes.Name, account.Name),
            .. roles.Select(role => new Claim(ClaimTypes.Role, role)),
        ],
        scheme));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (tokens.Account(TokenOf(Request)) is not { } token || store.Accounts.Find(token.Account) is not { } account)
            return Task.FromResult(AuthenticateResult.NoResult());
        var principal = Principal(account, token.Roles.Intersect(account.Roles), Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name)));
    }
}
