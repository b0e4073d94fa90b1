using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Plenaria.Platform.Access;

/// <summary>The person behind the present request, loaded once; the public until somebody is signed in.</summary>
public sealed class CurrentUser(PermissionCatalog rights, IHttpContextAccessor http, TimeProvider time)
{
    public Actor Who { get; private set; } = Actor.Public;
    public Mandate? For { get; private set; }
    public bool IsSignedIn => Who.Id is not null;

    /// <summary>
    /// Whether a request is being answered for somebody who is not signed in. Commands and jobs are no strangers.
    /// </summary>
    public bool IsStranger => !IsSignedIn && http.HttpContext is not null;

    /// <summary>Whether the request may change anything: a GET never does.</summary>
    public bool MayChange { get; private set; }

    /// <summary>
    /// Names this person to the scripts of their own browser, so that what one person typed is not shown to the next;
    /// empty for the public. Drawn from the account and not leading back to it.
    /// </summary>
    public string BrowserKey =>
        Who.Id is { } id
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"browser:{id}")).AsSpan(0, 8))
            : "";

    /// <summary>The widest audience whose publications this person may read.</summary>
    public Register.Audience Reads =>
        May("site.staff-area") ? Register.Audience.Staff
        : IsSignedIn ? Register.Audience.Network
        : Register.Audience.Public;

    internal void SignIn(Actor who, Mandate? inTheNameOf, bool mayChange) =>
        (Who, For, MayChange) = (who, inTheNameOf, mayChange);

    public bool May(string permission, Scope? scope = null) => rights.Allow(Who, permission, scope);

    /// <summary>This person acting now. <paramref name="why"/> is the reason they gave, kept in the journal.</summary>
    public OperationContext Acting(string? why = null) => new(Who, For, time.GetUtcNow(), why, rights);
}

/// <summary>Acting without a request: commands, jobs, imports.</summary>
public sealed class SystemActor(PermissionCatalog rights, TimeProvider time)
{
    public OperationContext As(string name, string? why = null) =>
        new(Actor.ForSystem(name), null, time.GetUtcNow(), why, rights);
}
