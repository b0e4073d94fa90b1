using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Access;

/// <summary>
/// Adding passkeys and signing in with one, after Web Authentication Level 3 as the framework's handler checks it. The
/// device must check the person (its own code, finger or face), so a passkey alone is both steps of a sign-in.
/// </summary>
internal sealed class Passkeys(
    PlenariaDb db,
    IPasskeyHandler<Account> handler,
    SignIns signIns,
    Journal.Journal journal,
    IDataProtectionProvider protection,
    TimeProvider time
)
{
    private const string StateCookie = "plenaria.passkey";

    public Task<List<Passkey>> Of(AccountId id, CancellationToken cancel) =>
        db.Set<Passkey>().AsNoTracking().Where(p => p.AccountId == id).OrderBy(p => p.Id).ToListAsync(cancel);

    /// <summary>
    /// What the device needs to make a key, as the browser reads it; what must come back is remembered in a sealed
    /// cookie.
    /// </summary>
    public async Task<string> CreationOptions(HttpContext context, AccountId id, CancellationToken cancel)
    {
        var account = await db.Set<Account>().SingleAsync(a => a.Id == id, cancel);
        var made = await handler.MakeCreationOptionsAsync(
            new()
            {
                Id = id.ToString(),
                Name = account.Email,
                DisplayName = account.Name,
            },
            context
        );
        Remember(context, made.AttestationState);
        return made.CreationOptionsJson;
    }

    /// <summary>
    /// What the device needs to prove a key it holds. While a second step is pending, only that person's keys will do.
    /// </summary>
    public async Task<string> RequestOptions(HttpContext context, CancellationToken cancel)
    {
        var made = await handler.MakeRequestOptionsAsync(await signIns.Pending(context, cancel), context);
        Remember(context, made.AssertionState);
        return made.RequestOptionsJson;
    }

    /// <summary>
    /// Keeps a key the device has made. Returns recovery codes when these are the person's first, to be shown once.
    /// </summary>
    /// <exception cref="RuleViolationException">The device's answer does not hold, or there are too many
    /// keys.</exception>
    public async Task<IReadOnlyList<string>> Add(
        HttpContext context,
        AccountId id,
        string name,
        string credential,
        CancellationToken cancel
    )
    {
        if (await db.Set<Passkey>().CountAsync(p => p.AccountId == id, cancel) >= Passkey.MaxPerAccount)
            throw new RuleViolationException("access.passkey.too-many", ("limit", Passkey.MaxPerAccount));
        var result = await handler.PerformAttestationAsync(
            new()
            {
                HttpContext = context,
                CredentialJson = credential,
                AttestationState = Recall(context),
            }
        );
        if (!result.Succeeded || result.UserEntity.Id != id.ToString())
            throw new RuleViolationException("access.passkey.refused");
        var (made, now) = (result.Passkey, time.GetUtcNow());
        db.Add(
            new Passkey
            {
                Id = Guid.CreateVersion7(now),
                AccountId = id,
                CredentialId = made.CredentialId,
                PublicKey = made.PublicKey,
                Name = name,
                CreatedAt = now,
                SignCount = made.SignCount,
                Transports = [.. made.Transports ?? []],
                IsBackupEligible = made.IsBackupEligible,
                IsBackedUp = made.IsBackedUp,
            }
        );
        return await signIns.Strengthen(context, id, "access.passkey-added", new { name }, cancel);
    }

    public async Task Remove(AccountId id, Guid key, OperationContext acting, CancellationToken cancel)
    {
        if (
            await db.Set<Passkey>().SingleOrDefaultAsync(p => p.Id == key && p.AccountId == id, cancel)
            is not { } passkey
        )
            return;
        db.Remove(passkey);
        journal.Append(acting, $"account:{id}", "access.passkey-removed", null, new { passkey.Name });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// Signs in whoever the key belongs to. Returns where they wanted to go, if a pending first step knows.
    /// </summary>
    /// <exception cref="RuleViolationException">The key is unknown, somebody else's, or its answer does not
    /// hold.</exception>
    public async Task<string> SignIn(HttpContext context, string credential, CancellationToken cancel)
    {
        var result = await handler.PerformAssertionAsync(
            new()
            {
                HttpContext = context,
                CredentialJson = credential,
                AssertionState = Recall(context),
            }
        );
        if (!result.Succeeded)
            throw new RuleViolationException("access.passkey.refused");
        var passkey = await db.Set<Passkey>().SingleAsync(p => p.CredentialId == result.Passkey.CredentialId, cancel);
        (passkey.SignCount, passkey.IsBackedUp, passkey.UsedAt) = (
            result.Passkey.SignCount,
            result.Passkey.IsBackedUp,
            time.GetUtcNow()
        );
        return await signIns.Complete(context, result.User, "passkey", cancel);
    }

    // Sealed with its own end: a captured cookie does not outlive the five minutes either.
    private ITimeLimitedDataProtector Seal => protection.CreateProtector("passkey").ToTimeLimitedDataProtector();
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(5);

    private void Remember(HttpContext context, string? state) =>
        context.Response.Cookies.Append(
            StateCookie,
            Seal.Protect(state ?? "", Validity),
            new()
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = context.Request.IsHttps,
                MaxAge = Validity,
                Path = "/",
            }
        );

    private string Recall(HttpContext context)
    {
        context.Response.Cookies.Delete(StateCookie);
        try
        {
            return context.Request.Cookies[StateCookie] is { } state
                ? Seal.Unprotect(state)
                : throw new RuleViolationException("access.passkey.refused");
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            throw new RuleViolationException("access.passkey.refused");
        }
    }
}
