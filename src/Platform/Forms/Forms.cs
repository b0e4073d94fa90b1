using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Mail;

namespace Plenaria.Platform.Forms;

/// <summary>A form with its answers, for whoever reads them.</summary>
public sealed record Answered(
    FormDefinition Form,
    Answers Answers,
    string Email,
    Kernel.Language Language,
    DateTimeOffset? SentAt,
    IReadOnlyList<Reviewed> Reviews
);

/// <summary>
/// What a superior said of a form before it was sent. <paramref name="IsApproved"/>: of the answers as they are now.
/// </summary>
public sealed record Reviewed(
    string Name,
    DateTimeOffset AskedAt,
    DateTimeOffset? AnsweredAt,
    bool IsApproved,
    string? Comment
);

/// <summary>
/// Forms of all modules: begun with a mailed link, kept while they are filled in, shown to a superior, sent, reopened.
/// </summary>
public sealed class Forms(
    PlenariaDb db,
    Journal.Journal journal,
    Outbox outbox,
    Site.Network network,
    Localizer texts,
    Site.Contributions contributions
)
{
    public const int AskedMaxLength = 2_000;

    internal async Task<IFormKind?> FindKindAsync(string key, CancellationToken cancel) =>
        (await contributions.GetAsync<IFormKind>(cancel)).FirstOrDefault(k => k.Key == key);

    /// <summary>Begins a response and mails the way back to it. Returns the link's secret.</summary>
    internal async Task<string> Begin(
        IFormKind kind,
        string email,
        Kernel.Language language,
        Uri site,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var (form, token) = (await Keep(kind.Define(texts), cancel), Accounts.Secret());
        var response = new FormResponse
        {
            Id = Guid.CreateVersion7(acting.At),
            Form = kind.Key,
            Kept = form.Hash,
            Language = language,
            Email = Accounts.Normal(email),
            CreatedAt = acting.At,
            ChangedAt = acting.At,
        };
        db.Add(response);
        db.Add(new FormLink { Hash = Accounts.Hash(token), Response = response.Id });
        await Mail(
            response.Email,
            language,
            "begun",
            form.Definition,
            new(site, $"/{language}/answers/{token}"),
            cancel
        );
        journal.Append(acting, response.Stream, "forms.begun", null, new { form = kind.Key });
        await db.SaveChangesAsync(cancel);
        return token;
    }

    /// <summary>
    /// For samples: a response with a link of a known secret, perhaps with a superior's, perhaps sent.
    /// </summary>
    public async Task<Guid> Plant(
        string form,
        string email,
        Kernel.Language language,
        string token,
        Dictionary<string, List<string>> given,
        OperationContext acting,
        CancellationToken cancel,
        string? review = null,
        bool isSent = false
    )
    {
        var kept = await Keep((await FindKindAsync(form, cancel))!.Define(texts), cancel);
        var response = new FormResponse
        {
            Id = Guid.CreateVersion7(acting.At),
            Form = form,
            Kept = kept.Hash,
            Language = language,
            Email = email,
            CreatedAt = acting.At,
            ChangedAt = acting.At,
            Given = FormRules.Clean(kept.Definition, given),
            State = isSent ? ResponseState.Sent : ResponseState.Draft,
            SentAt = isSent ? acting.At : null,
        };
        db.Add(response);
        db.Add(new FormLink { Hash = Accounts.Hash(token), Response = response.Id });
        if (review is not null)
            db.Add(
                new FormReview
                {
                    Id = Guid.CreateVersion7(acting.At),
                    Response = response.Id,
                    Name = "Superior",
                    Email = email,
                    TokenHash = Accounts.Hash(review),
                    AskedAt = acting.At,
                }
            );
        journal.Append(acting, response.Stream, "forms.begun", null, new { form });
        await db.SaveChangesAsync(cancel);
        return response.Id;
    }

    internal async Task<(FormResponse Response, FormDefinition Form, IFormKind Kind)?> Open(
        string token,
        CancellationToken cancel
    )
    {
        var hash = Accounts.Hash(token);
        var response = await (
            from link in db.Set<FormLink>()
            join r in db.Set<FormResponse>() on link.Response equals r.Id
            where link.Hash == hash
            select r
        ).SingleOrDefaultAsync(cancel);
        return response is null || await FindKindAsync(response.Form, cancel) is not { } kind
            ? null
            : (response, await FormOf(response, cancel), kind);
    }

    internal async Task<bool> MayRead(FormResponse response, CurrentUser visitor, CancellationToken cancel) =>
        await FindKindAsync(response.Form, cancel) is { } kind && await kind.MayRead(response.Id, visitor, cancel);

    internal async Task Save(
        FormResponse response,
        FormDefinition form,
        Dictionary<string, List<string>> given,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (!response.IsOpen)
            throw new RuleViolationException("forms.sent-already");
        response.Given = FormRules.Clean(form, given);
        response.ChangedAt = acting.At;
        journal.Append(acting, response.Stream, "forms.saved", null, new { answers = HashOf(response.Given) });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>What keeps the answers from being sent, by question; empty when nothing does.</summary>
    internal static async Task<IReadOnlyList<(string Field, RuleViolationException Fault)>> Faults(
        FormResponse response,
        FormDefinition form,
        IFormKind kind,
        CancellationToken cancel
    )
    {
        var faults = FormRules.Faults(form, new(response.Given), isSent: true);
        return faults.Count > 0 ? faults : await kind.Check(SentOf(response), cancel);
    }

    internal Task Send(
        FormResponse response,
        FormDefinition form,
        IFormKind kind,
        Uri site,
        string token,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        db.InTransactionAsync(
            async () =>
            {
                (response.State, response.SentAt, response.Question) = (ResponseState.Sent, acting.At, null);
                journal.Append(acting, response.Stream, "forms.sent", null, new { answers = HashOf(response.Given) });
                await kind.Take(SentOf(response), acting, cancel);
                await Mail(
                    response.Email,
                    response.Language,
                    "sent",
                    form,
                    new(site, $"/{response.Language}/answers/{token}"),
                    cancel
                );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );

    /// <summary>
    /// Lets the sender write again, says by mail what is asked for, and gives them a link. Saved by the caller.
    /// </summary>
    public async Task Reopen(Guid id, string question, Uri site, OperationContext acting, CancellationToken cancel)
    {
        var response = await db.Set<FormResponse>().SingleAsync(r => r.Id == id, cancel);
        var token = Accounts.Secret();
        (response.State, response.Question) = (ResponseState.Reopened, question);
        db.Add(new FormLink { Hash = Accounts.Hash(token), Response = id });
        journal.Append(acting, response.Stream, "forms.reopened", null, new { question });
        await Mail(
            response.Email,
            response.Language,
            "reopened",
            await FormOf(response, cancel),
            new(site, $"/{response.Language}/answers/{token}"),
            cancel,
            ("question", question)
        );
    }

    /// <summary>Asks a superior to read the answers and approve them, by a link that needs no account.</summary>
    internal async Task AskSuperior(
        FormResponse response,
        FormDefinition form,
        string name,
        string email,
        Uri site,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (await db.Set<FormReview>().CountAsync(r => r.Response == response.Id, cancel) >= 10)
            throw new RuleViolationException("forms.review.enough");
        // It stands in a letter that the network sends to an address of the sender's choice: a name, and nothing to
        // follow.
        if (
            name.Any(c => char.IsControl(c) || c is '/' or ':' or '@' or '<' or '>')
            || name.Contains("www.", StringComparison.OrdinalIgnoreCase)
        )
            throw new RuleViolationException("forms.review.name-only");
        var token = Accounts.Secret();
        db.Add(
            new FormReview
            {
                Id = Guid.CreateVersion7(acting.At),
                Response = response.Id,
                Name = name.Trim(),
                Email = Accounts.Normal(email),
                TokenHash = Accounts.Hash(token),
                AskedAt = acting.At,
            }
        );
        journal.Append(acting, response.Stream, "forms.review-asked", null, new { name });
        await Mail(
            email,
            response.Language,
            "review",
            form,
            new(site, $"/{response.Language}/reviews/{token}"),
            cancel,
            ("name", name),
            ("from", response.Email)
        );
        await db.SaveChangesAsync(cancel);
    }

    internal async Task<(FormReview Review, FormResponse Response, FormDefinition Form)?> OpenReview(
        string token,
        CancellationToken cancel
    )
    {
        var hash = Accounts.Hash(token);
        if (await db.Set<FormReview>().SingleOrDefaultAsync(r => r.TokenHash == hash, cancel) is not { } review)
            return null;
        var response = await db.Set<FormResponse>().AsNoTracking().SingleAsync(r => r.Id == review.Response, cancel);
        return (review, response, await FormOf(response, cancel));
    }

    /// <summary>The superior's answer, mailed to whoever filled the form in.</summary>
    internal async Task Review(
        FormReview review,
        FormResponse response,
        FormDefinition form,
        bool approves,
        string? comment,
        Uri site,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        (review.Comment, review.AnsweredAt, review.Approved) = (
            string.IsNullOrWhiteSpace(comment) ? null : comment.Trim(),
            acting.At,
            approves ? HashOf(response.Given) : null
        );
        var token = Accounts.Secret();
        db.Add(new FormLink { Hash = Accounts.Hash(token), Response = response.Id });
        journal.Append(
            acting,
            response.Stream,
            approves ? "forms.review-approved" : "forms.review-commented",
            null,
            new
            {
                review.Name,
                review.Comment,
                answers = HashOf(response.Given),
            }
        );
        await Mail(
            response.Email,
            response.Language,
            approves ? "approved" : "commented",
            form,
            new(site, $"/{response.Language}/answers/{token}"),
            cancel,
            ("name", review.Name)
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A response as it stands, with what superiors said of it.</summary>
    public async Task<Answered> Read(Guid id, CancellationToken cancel)
    {
        var response = await db.Set<FormResponse>().AsNoTracking().SingleAsync(r => r.Id == id, cancel);
        return new(
            await FormOf(response, cancel),
            new(response.Given),
            response.Email,
            response.Language,
            response.SentAt,
            await Reviews(response, cancel)
        );
    }

    /// <summary>
    /// What was sent of a form, as a table: one line of headings, then one row for each, in the order of their sending.
    /// Questions of earlier versions have columns too.
    /// </summary>
    /// <param name="only">Which of them: whoever exports sees what they may see.</param>
    public async Task<IReadOnlyList<IReadOnlyList<string?>>> Table(
        string form,
        IReadOnlyCollection<Guid> only,
        Kernel.Language reader,
        CancellationToken cancel
    )
    {
        var responses = await db.Set<FormResponse>()
            .AsNoTracking()
            .Where(r => r.Form == form && r.SentAt != null && only.Contains(r.Id))
            .OrderBy(r => r.SentAt)
            .ToListAsync(cancel);
        var fields = (
            await db.Set<FormVersion>()
                .AsNoTracking()
                .Where(f => db.Set<FormResponse>().Any(r => r.Kept == f.Hash && r.Form == form))
                .ToListAsync(cancel)
        )
            .SelectMany(f => f.Definition.Fields)
            .Where(f => f.Type != AnswerType.Heading)
            .DistinctBy(f => f.Key)
            .ToList();
        return
        [
            (string?[])["sent", "email", .. fields.Select(f => f.Label.For(reader))],
            .. responses.Select(r =>
                (string?[])
                    [
                        r.SentAt!.Value.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
                        r.Email,
                        .. fields.Select(f =>
                            r.Given.TryGetValue(f.Key, out var values) ? string.Join("; ", values) : null
                        ),
                    ]
            ),
        ];
    }

    internal async Task<IReadOnlyList<Reviewed>> Reviews(FormResponse response, CancellationToken cancel)
    {
        var now = HashOf(response.Given);
        return
        [
            .. (
                await db.Set<FormReview>()
                    .AsNoTracking()
                    .Where(r => r.Response == response.Id)
                    .OrderBy(r => r.AskedAt)
                    .ToListAsync(cancel)
            ).Select(r => new Reviewed(r.Name, r.AskedAt, r.AnsweredAt, r.Approved == now, r.Comment)),
        ];
    }

    private static Sent SentOf(FormResponse response) =>
        new(response.Id, response.Language, response.Email, new(response.Given));

    private async Task<FormDefinition> FormOf(FormResponse response, CancellationToken cancel) =>
        (await db.Set<FormVersion>().AsNoTracking().SingleAsync(f => f.Hash == response.Kept, cancel)).Definition;

    private async Task<FormVersion> Keep(FormDefinition form, CancellationToken cancel)
    {
        var hash = Convert.ToHexStringLower(
            SHA256.HashData(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(form, JsonColumn.Options))
        );
        if (await db.Set<FormVersion>().FindAsync([hash], cancel) is { } known)
            return known;
        var kept = new FormVersion { Hash = hash, Definition = form };
        db.Add(kept);
        return kept;
    }

    internal static string HashOf(IReadOnlyDictionary<string, List<string>> given) =>
        Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Of(given)));

    private async Task Mail(
        string to,
        Kernel.Language language,
        string what,
        FormDefinition form,
        Uri link,
        CancellationToken cancel,
        params IEnumerable<(string Name, object? Value)> more
    )
    {
        (string Name, object? Value)[] values =
        [
            ("form", form.Title.For(language)),
            ("network", (await network.Profile(cancel)).Name.For(language)),
            ("link", link),
            .. more,
        ];
        var (subject, text) = (
            texts.Get(language, $"forms.mail.{what}.subject", values),
            texts.Get(language, $"forms.mail.{what}.text", values)
        );
        if (what == "review")
            await outbox.QueueUnlessRefused(to, language, subject, text, cancel);
        else
            outbox.QueueRequested(to, language, subject, text);
    }
}
