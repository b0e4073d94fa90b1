using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Letters;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Access;

/// <summary>How sign-in is set up. A demo asks for no second factor: it has nothing to protect.</summary>
public sealed record SignInOptions(bool SecondFactorForStaff);

/// <summary>
/// Signing in: a link and a code by mail, used up by a POST; for staff a code from an authenticator app after it.
/// </summary>
internal sealed class SignIns(
    PlenariaDb db,
    ILetters letters,
    Localizer texts,
    Network profile,
    Journal.Journal journal,
    SystemActor house,
    IDataProtectionProvider protection,
    SignInOptions options,
    TimeProvider time
)
{
    public const string AccountClaim = "account",
        StampClaim = "stamp",
        StrongClaim = "strong",
        SessionClaim = "session",
        PendingScheme = "pending";
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(20);

    /// <summary>
    /// Mails a link and a code. Says nothing about whether the address is known; the id names the request in either
    /// case.
    /// </summary>
    /// <param name="network">Where the request came from (<see cref="ClientLimits.NetworkOf"/>): who asks for others'
    /// mail uses up their own turns.</param>
    /// <exception cref="RuleViolationException">Links enough were mailed to this address already; it says so, whether
    /// the address
    /// is known or not.</exception>
    public async Task<Guid> Ask(
        string email,
        string? returnTo,
        Kernel.Language language,
        Uri site,
        string network,
        CancellationToken cancel
    )
    {
        var normal = Accounts.Normal(email);
        var account = await db.Set<Account>().SingleOrDefaultAsync(a => a.Email == normal && !a.IsClosed, cancel);
        // An unknown address leaves a request too, of nobody: neither how long the answer takes nor when it is refused
        // tells anything.
        var (id, now) = (account?.Id ?? NobodyAt(normal), time.GetUtcNow());
        var (client, hour, day) = (
            Accounts.Hash($"{id} {network}")[..SignInRequest.ClientLength],
            now.AddHours(-1),
            now.AddDays(-1)
        );
        // Who signed in from a network before is never shut out by what others ask for elsewhere.
        var asked = db.Set<SignInRequest>().Where(r => r.AccountId == id && r.CreatedAt > day);
        if (
            await asked.CountAsync(r => r.Client == client && r.CreatedAt > hour, cancel) >= SignInRequest.MaxPerHour
            || await asked.CountAsync(r => r.Client == client, cancel) >= SignInRequest.MaxPerDay
            || await asked.CountAsync(cancel) >= SignInRequest.MaxByAll
                && !await asked.AnyAsync(r => r.Client == client && r.UsedAt != null, cancel)
        )
            throw new RuleViolationException("access.asked-often", ("minutes", 60));
        var (request, token, code) = Prepare(id, returnTo, Validity, client);
        var name = (await profile.Profile(cancel)).ShortName;
        if (account is not null)
            letters.QueueSignIn(
                account.Email,
                language,
                texts.Get(language, "access.mail.subject", ("network", name)),
                texts.Get(
                    language,
                    "access.mail.text",
                    ("network", name),
                    ("link", new Uri(site, LinkPath(language, token))),
                    ("code", $"{code[..3]} {code[3..]}"),
                    ("minutes", (int)Validity.TotalMinutes)
                )
            );
        await db.SaveChangesAsync(cancel);
        return request.Id;
    }

    /// <summary>A link that signs this account in once, for the operator to hand over.</summary>
    public async Task<string> Link(
        AccountId account,
        Kernel.Language language,
        TimeSpan validity,
        CancellationToken cancel
    )
    {
        var (_, token, _) = Prepare(account, null, validity);
        await db.SaveChangesAsync(cancel);
        return LinkPath(language, token);
    }

    private static string LinkPath(Kernel.Language language, string token) => $"/{language}/sign-in/link?token={token}";

    private static AccountId NobodyAt(string address) =>
        new(new Guid(Accounts.Hash($"nobody at {address}").AsSpan(0, 16)));

    private (SignInRequest Request, string Token, string Code) Prepare(
        AccountId account,
        string? returnTo,
        TimeSpan validity,
        byte[]? client = null
    )
    {
        var (token, code, now) = (
            Accounts.Secret(),
            RandomNumberGenerator.GetInt32(1_000_000).ToString("000000", CultureInfo.InvariantCulture),
            time.GetUtcNow()
        );
        var id = Guid.NewGuid();
        var request = new SignInRequest
        {
            Id = id,
            AccountId = account,
            TokenHash = Accounts.Hash(token),
            CodeHash = Accounts.Hash(id + code),
            CreatedAt = now,
            ExpiresAt = now + validity,
            ReturnTo = returnTo,
            Client = client,
        };
        db.Add(request);
        return (request, token, code);
    }

    /// <exception cref="RuleViolationException">The link is unknown, used or too old.</exception>
    public async Task<string?> UseLink(HttpContext context, string token, CancellationToken cancel)
    {
        var hash = Accounts.Hash(token);
        var request = await db.Set<SignInRequest>().SingleOrDefaultAsync(r => r.TokenHash == hash, cancel);
        if (request is null || !request.IsOpen(time.GetUtcNow()))
            throw new RuleViolationException("access.link-used-or-old");
        return await Use(context, request, "access.link-used-or-old", cancel);
    }

    /// <exception cref="RuleViolationException">The code is wrong, used or too old, or was tried too often.</exception>
    public async Task<string?> UseCode(HttpContext context, Guid id, string code, CancellationToken cancel)
    {
        // The try is counted before the code is compared: of any number sent at once, five are looked at.
        var (now, counted) = (time.GetUtcNow(), 0);
        await db.InTransactionAsync(
            async () =>
                counted = await db.Set<SignInRequest>()
                    .Where(r =>
                        r.Id == id && r.UsedAt == null && r.ExpiresAt > now && r.Attempts < SignInRequest.MaxAttempts
                    )
                    .ExecuteUpdateAsync(r => r.SetProperty(x => x.Attempts, x => x.Attempts + 1), cancel),
            cancel
        );
        var request = counted == 0 ? null : await db.Set<SignInRequest>().SingleOrDefaultAsync(r => r.Id == id, cancel);
        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        if (
            request is null
            || !CryptographicOperations.FixedTimeEquals(Accounts.Hash(request.Id + digits), request.CodeHash)
        )
            throw new RuleViolationException("access.code-wrong");
        return await Use(context, request, "access.code-wrong", cancel);
    }

    private async Task<string?> Use(
        HttpContext context,
        SignInRequest request,
        string refusal,
        CancellationToken cancel
    )
    {
        // The column is a concurrency token: of two who use the same link at once, one comes in.
        request.UsedAt = time.GetUtcNow();
        var account =
            await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == request.AccountId && !a.IsClosed, cancel)
            ?? throw new RuleViolationException(refusal);
        var isEnough =
            !account.HasSecondFactor && !await db.Set<Passkey>().AnyAsync(p => p.AccountId == account.Id, cancel);
        if (isEnough)
            journal.Append(Self(account), account.Stream, "access.signed-in", null, new { with = "mail" });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new RuleViolationException(refusal);
        }
        if (isEnough)
        {
            await SignIn(context, account, isStrong: false);
            return request.ReturnTo ?? "";
        }
        await context.SignInAsync(
            PendingScheme,
            Principal(account, isStrong: false, PendingScheme),
            new() { Items = { ["return"] = request.ReturnTo } }
        );
        return null;
    }

    /// <summary>The second step: a code of the authenticator app, or a recovery code, which is used up.</summary>
    public async Task<string> UseSecondFactor(HttpContext context, string code, CancellationToken cancel)
    {
        var pending = await Pending(context, cancel) ?? throw new RuleViolationException("access.link-used-or-old");
        var (now, counted) = (time.GetUtcNow(), 0);
        var since = now - Account.TriesFor;
        await db.InTransactionAsync(
            async () =>
                counted = await db.UpdateRowsAsync(
                    db.Set<Account>()
                        .Where(a => a.Id == pending.Id && (a.Tries < Account.MaxTries || a.TriedAt < since)),
                    a =>
                        a.SetProperty(x => x.Tries, x => x.TriedAt == null || x.TriedAt < since ? 1 : x.Tries + 1)
                            .SetProperty(x => x.TriedAt, x => x.TriedAt == null || x.TriedAt < since ? now : x.TriedAt),
                    Journal.StatementStreams.None("a try is counted, whatever comes of it"),
                    cancel
                ),
            cancel
        );
        if (counted == 0)
            throw new RuleViolationException("access.too-many-tries", ("minutes", (int)Account.TriesFor.TotalMinutes));
        var account = await db.Set<Account>().SingleAsync(a => a.Id == pending.Id, cancel);
        var typed = string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        var recovery = Convert.ToHexStringLower(Accounts.Hash(typed));
        if (account.HasSecondFactor && Steps(account, typed) is { } step && step > account.LastStep)
        {
            account.LastStep = step;
            return await Complete(context, account, "authenticator", cancel);
        }
        if (!account.RecoveryHashes.Contains(recovery))
            throw new RuleViolationException("access.code-wrong");
        account.RecoveryHashes = [.. account.RecoveryHashes.Where(h => h != recovery)];
        return await Complete(context, account, "recovery code", cancel);
    }

    /// <summary>Who has taken the first step and waits for the second; null when nobody does.</summary>
    public async Task<Account?> Pending(HttpContext context, CancellationToken cancel)
    {
        var pending = await context.AuthenticateAsync(PendingScheme);
        if (!pending.Succeeded)
            return null;
        var id = new AccountId(Guid.Parse(pending.Principal.FindFirstValue(AccountClaim)!));
        // Whoever's sessions were ended meanwhile begins anew.
        return Guid.TryParse(pending.Principal.FindFirstValue(StampClaim), out var stamp)
            ? await db.Set<Account>()
                .AsNoTracking()
                .SingleOrDefaultAsync(a => a.Id == id && a.Stamp == stamp && !a.IsClosed, cancel)
            : null;
    }

    /// <summary>
    /// Both steps are taken: saves what changed on the way and signs in. Returns where the person wanted to go, or
    /// nothing.
    /// </summary>
    /// <exception cref="RuleViolationException">Another person's second step.</exception>
    public async Task<string> Complete(HttpContext context, Account account, string with, CancellationToken cancel)
    {
        var pending = await context.AuthenticateAsync(PendingScheme);
        if (pending.Succeeded && pending.Principal.FindFirstValue(AccountClaim) != account.Id.ToString())
            throw new RuleViolationException("access.passkey.refused");
        (account.Tries, account.TriedAt) = (0, null);
        journal.Append(
            Self(account),
            account.Stream,
            "access.signed-in",
            null,
            new { with, left = account.RecoveryHashes.Count }
        );
        await db.SaveChangesAsync(cancel);
        await context.SignOutAsync(PendingScheme);
        await SignIn(context, account, isStrong: true);
        return pending.Properties?.Items.TryGetValue("return", out var returnTo) == true ? returnTo ?? "" : "";
    }

    public static string NewSecret() => Base32Encoding.ToString(RandomNumberGenerator.GetBytes(20));

    /// <summary>Confirms an authenticator app by its first code and hands out recovery codes, shown once.</summary>
    public async Task<IReadOnlyList<string>> Enrol(
        HttpContext context,
        AccountId id,
        string secret,
        string code,
        CancellationToken cancel
    )
    {
        var account = await db.Set<Account>().SingleAsync(a => a.Id == id, cancel);
        account.SealedSecret = Seal.Protect(secret);
        if (Steps(account, string.Concat(code.Where(char.IsAsciiDigit))) is not { } step)
            throw new RuleViolationException("access.code-wrong");
        account.LastStep = step;
        account.RecoveryHashes = [];
        return await Strengthen(context, id, "access.authenticator-confirmed", new { }, cancel);
    }

    /// <summary>
    /// A second step was set up: every other session ends, this one counts as strong. Returns new recovery codes when
    /// the account has none, to be shown once.
    /// </summary>
    public async Task<IReadOnlyList<string>> Strengthen(
        HttpContext context,
        AccountId id,
        string act,
        object what,
        CancellationToken cancel
    )
    {
        var account = await db.Set<Account>().SingleAsync(a => a.Id == id, cancel);
        account.Stamp = Guid.NewGuid();
        string[] codes =
            account.RecoveryHashes.Count > 0
                ? []
                : [.. Enumerable.Range(0, 8).Select(_ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5)))];
        if (codes.Length > 0)
            account.RecoveryHashes = [.. codes.Select(c => Convert.ToHexStringLower(Accounts.Hash(c)))];
        journal.Append(Self(account), account.Stream, act, null, what);
        await db.SaveChangesAsync(cancel);
        await SignIn(context, account, isStrong: true);
        return codes;
    }

    /// <summary>Whether this person has set up a second step, of either kind.</summary>
    public Task<bool> IsEnrolled(AccountId id, CancellationToken cancel) =>
        db.Set<Account>()
            .AnyAsync(
                a => a.Id == id && (a.SealedSecret != null || db.Set<Passkey>().Any(p => p.AccountId == id)),
                cancel
            );

    /// <summary>
    /// Whether a cookie still stands for somebody: its session was not ended and is not over, and the account is open.
    /// </summary>
    public async Task<bool> Holds(AccountId id, string stamp, string session, CancellationToken cancel)
    {
        if (!Guid.TryParse(stamp, out var kept) || !Guid.TryParse(session, out var key))
            return false;
        var now = time.GetUtcNow();
        return await db.Set<SignInSession>()
            .AnyAsync(
                s =>
                    s.Id == key
                    && s.AccountId == id
                    && s.EndedAt == null
                    && s.EndsAt > now
                    && db.Set<Account>().Any(a => a.Id == id && a.Stamp == kept && !a.IsClosed),
                cancel
            );
    }

    /// <summary>Ends the session of this browser: its cookie goes, and a copy of it opens nothing any more.</summary>
    public async Task SignOut(HttpContext context, CancellationToken cancel)
    {
        if (SessionOf(context) is { } session)
            await End([session], cancel);
        await context.SignOutAsync();
    }

    /// <summary>The sessions somebody has now, the newest first.</summary>
    public Task<List<SignInSession>> Sessions(AccountId id, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return db.Set<SignInSession>()
            .AsNoTracking()
            .Where(s => s.AccountId == id && s.EndedAt == null && s.EndsAt > now)
            .OrderByDescending(s => s.StartedAt)
            .ToListAsync(cancel);
    }

    /// <summary>The session of this request's cookie.</summary>
    public static Guid? SessionOf(HttpContext context) =>
        Guid.TryParse(context.User.FindFirstValue(SessionClaim), out var id) ? id : null;

    public Task End(IReadOnlyCollection<Guid> sessions, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        return db.InTransactionAsync(
            () =>
                db.Set<SignInSession>()
                    .Where(s => sessions.Contains(s.Id) && s.EndedAt == null)
                    .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), cancel),
            cancel
        );
    }

    public bool SecondFactorRequired => options.SecondFactorForStaff;

    private IDataProtector Seal => protection.CreateProtector("authenticator");

    private OperationContext Self(Account account) =>
        house.As("sign-in") with
        {
            Actor = new(account.Id, account.Name, []),
        };

    private long? Steps(Account account, string code) =>
        new Totp(Base32Encoding.ToBytes(Seal.Unprotect(account.SealedSecret!))).VerifyTotp(
            time.GetUtcNow().UtcDateTime,
            code,
            out var step,
            new VerificationWindow(1, 1)
        )
            ? step
            : null;

    private async Task SignIn(HttpContext context, Account account, bool isStrong)
    {
        var now = time.GetUtcNow();
        var session = new SignInSession
        {
            Id = Guid.NewGuid(),
            AccountId = account.Id,
            StartedAt = now,
            EndsAt = now + SignInSession.Longest,
            Device = SignInSession.DeviceOf(context.Request.Headers.UserAgent.ToString()),
        };
        db.Add(session);
        // Whoever signs in again in one browser leaves no session behind.
        if (SessionOf(context) is { } before)
            await End([before], context.RequestAborted);
        await db.SaveChangesAsync(context.RequestAborted);
        var principal = Principal(account, isStrong, CookieAuthenticationDefaults.AuthenticationScheme, session.Id);
        await context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            principal,
            new() { IsPersistent = true }
        );
    }

    private static ClaimsPrincipal Principal(Account account, bool isStrong, string scheme, Guid? session = null)
    {
        // The tokens of forms are bound to the name identifier: what was typed before a sign-in ended can be sent after
        // the next.
        var claims = new List<Claim>
        {
            new(ClaimTypes.NameIdentifier, account.Id.ToString()),
            new(AccountClaim, account.Id.ToString()),
            new(StampClaim, account.Stamp.ToString()),
        };
        if (session is { } id)
            claims.Add(new(SessionClaim, id.ToString()));
        if (isStrong)
            claims.Add(new(StrongClaim, "1"));
        return new(new ClaimsIdentity(claims, scheme));
    }
}
