using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Files;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Forms;

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
public sealed class FormService(
    PlenariaDb db,
    Journal journal,
    Outbox outbox,
    Network network,
    FileStore files,
    Localizer texts,
    Contributions contributions
)
{
    public const int AskedMaxLength = 2_000;

    // Each link opens the whole response.
    private const int MostLinks = 200;

    /// <summary>A form by its word in addresses: of a module, or built by staff.</summary>
    internal async Task<OpenForm?> FindAsync(string key, CancellationToken cancel)
    {
        var stored = await db.Set<StoredForm>().AsNoTracking().SingleOrDefaultAsync(f => f.Key == key, cancel);
        var kind = (await contributions.GetAsync<IFormKind>(cancel)).FirstOrDefault(k => k.Key == key);
        if (kind is null && stored is not null)
            kind = new StoredFormKind(stored, texts);
        return kind is null ? null
            : stored?.Published is { } hash ? new(kind, stored, await DefinitionOf(hash, cancel))
            : new(kind, kind is StoredFormKind ? stored : null, kind.Define(texts));
    }

    /// <summary>Begins a response and mails the way back to it. Returns the link's secret.</summary>
    internal async Task<string> Begin(
        OpenForm open,
        string email,
        Kernel.Language language,
        Uri site,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        open.DemandOpen(acting.At);
        if (open.Stored is { Quota: { } quota } && await IsFullAsync(open.Stored, cancel))
            throw new RuleViolationException("forms.full", ("quota", quota));
        var (kind, token) = (open.Kind, Accounts.Secret());
        var form = await Keep(open.Definition, cancel);
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
        bool isSent = false,
        Guid? id = null
    )
    {
        var kept = await Keep((await FindAsync(form, cancel))!.Definition, cancel);
        var response = new FormResponse
        {
            Id = id ?? Guid.CreateVersion7(acting.At),
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
        if (isSent)
            AddChosen(response, kept.Definition);
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

    internal async Task<(FormResponse Response, FormDefinition Form, OpenForm Of)?> Open(
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
        return response is null || await FindAsync(response.Form, cancel) is not { } open
            ? null
            : (response, await DefinitionOf(response.Kept, cancel), open);
    }

    /// <summary>A form whose answers the visitor may read; null when there is none of this key.</summary>
    /// <exception cref="ForbiddenException">There is one, of a module that lets others read them.</exception>
    internal async Task<OpenForm?> FindReadableAsync(string form, CurrentUser visitor, CancellationToken cancel)
    {
        var open = await FindAsync(form, cancel);
        return open is null || visitor.May(open.Kind.ReadPermission)
            ? open
            : throw new ForbiddenException(open.Kind.ReadPermission);
    }

    internal async Task<bool> MayRead(FormResponse response, CurrentUser visitor, CancellationToken cancel) =>
        await FindAsync(response.Form, cancel) is { } open && await open.Kind.MayRead(response.Id, visitor, cancel);

    /// <summary>
    /// As whom a visitor reads answers: as staff where the form says that they may read them, else as those who review.
    /// </summary>
    public async Task<AnswerVisibility> FindReaderAsync(
        string form,
        Guid response,
        CurrentUser visitor,
        CancellationToken cancel
    ) =>
        await FindAsync(form, cancel) is { } open && await open.Kind.MayRead(response, visitor, cancel)
            ? AnswerVisibility.Staff
            : AnswerVisibility.Reviewers;

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
        OpenForm open,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var faults = FormRules.Faults(
            form,
            new(response.Given),
            isSent: true,
            open.Stored is { } stored ? f => stored.Requires(f, now) : null
        );
        return faults.Count > 0 ? faults : await open.Kind.Check(SentOf(response), cancel);
    }

    internal Task Send(
        FormResponse response,
        FormDefinition form,
        OpenForm open,
        Uri site,
        string token,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        db.InTransactionAsync(
            async () =>
            {
                // What was asked for again may come after the end.
                if (response.State != ResponseState.Reopened)
                    open.DemandOpen(acting.At);
                if (response.SentAt is null && open.Stored is { } stored)
                    await CountAsync(stored, cancel);
                await KeepChosenAsync(response, form, cancel);
                (response.State, response.SentAt, response.Question) = (ResponseState.Sent, acting.At, null);
                journal.Append(acting, response.Stream, "forms.sent", null, new { answers = HashOf(response.Given) });
                await open.Kind.Take(SentOf(response), acting, cancel);
                db.FirstAct = "forms.sent";
                if (response.Email.Length > 0)
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
            await DefinitionOf(response.Kept, cancel),
            new(site, $"/{response.Language}/answers/{token}"),
            cancel,
            ("question", question)
        );
    }

    /// <summary>Mails somebody a way of their own to a response, so that they write it too.</summary>
    internal async Task InviteAsync(
        FormResponse response,
        FormDefinition form,
        string email,
        Uri site,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (await db.Set<FormLink>().CountAsync(l => l.Response == response.Id, cancel) >= MostLinks)
            throw new RuleViolationException("forms.together.enough");
        var link = new Uri(site, $"/{response.Language}/answers/{AddLink(response.Id)}");
        journal.Append(acting, response.Stream, "forms.invited", null, new { email = Accounts.Normal(email) });
        await Mail(email, response.Language, "together", form, link, cancel, ("from", response.Email));
        await db.SaveChangesAsync(cancel);
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
        if (!form.HasReviewers)
            throw new RuleViolationException("forms.review.nothing");
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
        return (review, response, await DefinitionOf(response.Kept, cancel));
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
            await DefinitionOf(response.Kept, cancel),
            new(response.Given),
            response.Email,
            response.Language,
            response.SentAt,
            await Reviews(response, cancel)
        );
    }

    /// <summary>The forms that can be asked for now, by key: those that staff published and did not close.</summary>
    public async Task<IReadOnlyDictionary<string, LocalizedText>> ListAskableAsync(
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var kinds = (await contributions.GetAsync<IFormKind>(cancel)).Select(k => k.Key).ToList();
        var stored = await db.Set<StoredForm>()
            .AsNoTracking()
            .Where(f => f.Published != null && !kinds.Contains(f.Key))
            .OrderByDescending(f => f.PublishedAt)
            .ToListAsync(cancel);
        return stored
            .Where(f => f.StateAt(now) is FormState.Open or FormState.Announced)
            .ToDictionary(f => f.Key, f => f.Draft.Title);
    }

    /// <summary>
    /// Begins a response for each of others, who get links to it (<see cref="AddLink"/>); nothing is mailed. Saved by
    /// the caller.
    /// </summary>
    /// <param name="addressees">Whom the confirmation of each goes to (empty where nobody is known), its language, and
    /// what is said above the form.</param>
    /// <returns>The responses, in the order of the addressees.</returns>
    /// <exception cref="RuleViolationException">There is no such form.</exception>
    public async Task<IReadOnlyList<Guid>> BeginForAsync(
        string form,
        IReadOnlyList<(string Email, Kernel.Language Language, LocalizedText Intro)> addressees,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var open =
            await FindAsync(form, cancel) ?? throw new RuleViolationException("forms.build.unknown", ("form", form));
        var version = await Keep(open.Definition, cancel);
        var responses = addressees
            .Select(a => new FormResponse
            {
                Id = Guid.CreateVersion7(acting.At),
                Form = form,
                Kept = version.Hash,
                Language = a.Language,
                Email = Accounts.Normal(a.Email),
                Intro = a.Intro,
                CreatedAt = acting.At,
                ChangedAt = acting.At,
            })
            .ToList();
        db.AddRange(responses);
        foreach (var response in responses)
            journal.Append(acting, response.Stream, "forms.begun", null, new { form });
        return [.. responses.Select(r => r.Id)];
    }

    /// <summary>
    /// Says something else above responses that are not sent yet: until when they are asked for has changed. Saved by
    /// the caller.
    /// </summary>
    public async Task ReintroduceAsync(
        IReadOnlyDictionary<Guid, LocalizedText> intros,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var ids = intros.Keys.ToList();
        foreach (
            var response in await db.Set<FormResponse>()
                .Where(r => ids.Contains(r.Id) && r.SentAt == null)
                .ToListAsync(cancel)
        )
        {
            response.Intro = intros[response.Id];
            journal.Append(acting, response.Stream, "forms.reintroduced", null, new { intro = $"{response.Intro}" });
        }
    }

    /// <summary>What a form is called; empty when there is none of this key.</summary>
    public async Task<LocalizedText> TitleAsync(string form, CancellationToken cancel) =>
        (await FindAsync(form, cancel))?.Definition.Title ?? LocalizedText.Empty;

    /// <summary>Makes one more way to a response; returns the secret of its address. Saved by the caller.</summary>
    public string AddLink(Guid response)
    {
        var token = Accounts.Secret();
        db.Add(new FormLink { Hash = Accounts.Hash(token), Response = response });
        return token;
    }

    /// <summary>What has become of responses: when each was sent, and whether something was written.</summary>
    public async Task<IReadOnlyDictionary<Guid, (DateTimeOffset? SentAt, bool IsBegun)>> StatesAsync(
        IReadOnlyCollection<Guid> responses,
        CancellationToken cancel
    ) =>
        await db.Set<FormResponse>()
            .Where(r => responses.Contains(r.Id))
            .Select(r => new
            {
                r.Id,
                r.SentAt,
                r.CreatedAt,
                r.ChangedAt,
            })
            .ToDictionaryAsync(r => r.Id, r => (r.SentAt, r.ChangedAt > r.CreatedAt), cancel);

    /// <summary>
    /// What was sent of a form as a table: the moment of sending, the address, then a column for each question, of
    /// earlier versions too.
    /// </summary>
    /// <param name="only">Which of them: whoever exports sees what they may see.</param>
    /// <param name="visitor">Who exports: of each question by who reads its answer.</param>
    /// <returns>Headings, and the rows by response in the order of sending.</returns>
    public async Task<(
        IReadOnlyList<string> Headings,
        IReadOnlyDictionary<Guid, IReadOnlyList<TableCell>> Rows
    )> ReadTableAsync(
        string form,
        IReadOnlyCollection<Guid> only,
        CurrentUser visitor,
        Kernel.Language reader,
        CancellationToken cancel
    )
    {
        var reads = await FindReaderAsync(form, only.FirstOrDefault(), visitor, cancel);
        var responses = await db.Set<FormResponse>()
            .AsNoTracking()
            .Where(r => r.Form == form && r.SentAt != null && only.Contains(r.Id))
            .OrderBy(r => r.SentAt)
            .ToListAsync(cancel);
        var used = responses.Select(r => r.Kept).Distinct().ToList();
        var versions = await db.Set<FormVersion>().AsNoTracking().Where(v => used.Contains(v.Hash)).ToListAsync(cancel);
        // By the version in which it was answered: what was said then to whoever answered holds.
        var questions = ResponseReader
            .Questions([.. versions.Select(v => v.Definition)])
            .Where(q => versions.TrueForAll(v => v.Definition.Field(q.Key)?.IsReadBy(reads) ?? true))
            .ToList();
        var named = await files.Describe(AnswerText.FilesOf(responses, questions), cancel);
        return (
            AnswerText.Headings(questions, texts, reader),
            responses.ToDictionary(r => r.Id, r => AnswerText.Line(r, questions, texts, reader, named))
        );
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

    private async Task<FormDefinition> DefinitionOf(string hash, CancellationToken cancel) =>
        (await db.Set<FormVersion>().AsNoTracking().SingleAsync(f => f.Hash == hash, cancel)).Definition;

    // One statement that counts and refuses: of two who send the last one at once, one is told.
    private async Task CountAsync(StoredForm form, CancellationToken cancel)
    {
        var counted = await db.Set<FormCount>()
            .Where(c => c.Form == form.Key && (form.Quota == null || c.Sent < form.Quota))
            .ExecuteUpdateAsync(c => c.SetProperty(x => x.Sent, x => x.Sent + 1), cancel);
        if (counted == 0)
            throw new RuleViolationException("forms.full", ("quota", form.Quota));
    }

    /// <summary>Whether as many were sent as are taken.</summary>
    internal Task<bool> IsFullAsync(StoredForm form, CancellationToken cancel) =>
        form.Quota is { } most
            ? db.Set<FormCount>().AnyAsync(c => c.Form == form.Key && c.Sent >= most, cancel)
            : Task.FromResult(false);

    /// <summary>Begins to count what is sent of a form, with what was sent before.</summary>
    internal async Task BeginCountAsync(string form, CancellationToken cancel)
    {
        if (await db.Set<FormCount>().AnyAsync(c => c.Form == form, cancel))
            return;
        var sent = await db.Set<FormResponse>().CountAsync(r => r.Form == form && r.SentAt != null, cancel);
        db.Add(new FormCount { Form = form, Sent = sent });
    }

    private async Task KeepChosenAsync(FormResponse response, FormDefinition form, CancellationToken cancel)
    {
        await db.Set<ChosenAnswer>().Where(a => a.Response == response.Id).ExecuteDeleteAsync(cancel);
        AddChosen(response, form);
    }

    private void AddChosen(FormResponse response, FormDefinition form) =>
        db.AddRange(
            from field in form.Fields.Where(ResponseFilter.IsOffered)
            from value in new Answers(response.Given).Of(field.Key)
            where value.Length <= ChosenAnswer.ValueMaxLength
            select new ChosenAnswer
            {
                Response = response.Id,
                Form = response.Form,
                Field = field.Key,
                Value = value,
            }
        );

    /// <summary>Keeps the chosen answers of responses that were sent before they were kept.</summary>
    internal async Task KeepEarlierAsync(CancellationToken cancel)
    {
        var earlier = await db.Set<FormResponse>()
            .AsNoTracking()
            .Where(r => r.SentAt != null && !db.Set<ChosenAnswer>().Any(a => a.Form == r.Form))
            .ToListAsync(cancel);
        foreach (var response in earlier)
            AddChosen(response, await DefinitionOf(response.Kept, cancel));
        if (earlier.Count > 0)
            await db.SaveChangesAsync(cancel);
    }

    internal async Task<FormVersion> Keep(FormDefinition form, CancellationToken cancel)
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
        // A member that had nobody to write to when it was asked.
        if (to.Length == 0)
            return;
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
        if (what is "review" or "together")
            await outbox.QueueUnlessRefused(new(to, language, subject, text), cancel);
        else
            outbox.QueueRequested(to, language, subject, text);
    }
}
