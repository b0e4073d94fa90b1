using Microsoft.EntityFrameworkCore;
using Plenaria.Forms;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Requests;

/// <summary>Reads and changes requests, sends them and says who answered.</summary>
internal sealed class RequestStore(
    PlenariaDb db,
    Journal journal,
    IMembers members,
    FormService forms,
    RequestLetters letters
)
{
    public const int MostMembers = 5_000;

    public Task<MemberRequest?> FindAsync(int number, CancellationToken cancel) =>
        db.Set<MemberRequest>().Include(r => r.Members).SingleOrDefaultAsync(r => r.Number == number, cancel);

    /// <summary>Whether somebody looks after a request: who made it, or whoever may everywhere.</summary>
    public static bool Manages(MemberRequest request, OperationContext acting) =>
        acting.Can(RequestsModule.Manage, Scope.Everywhere)
        || acting.Can(RequestsModule.Manage) && acting.Actor.Id is { } me && request.By == me;

    public async Task<MemberRequest> NewAsync(
        LocalizedText title,
        string form,
        DateOnly due,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.Require(RequestsModule.Manage);
        var request = new MemberRequest
        {
            Id = Guid.CreateVersion7(acting.At),
            Number = (await db.Set<MemberRequest>().MaxAsync(r => (int?)r.Number, cancel) ?? 0) + 1,
            Title = title,
            Form = form,
            Due = due,
            By = acting.Actor.Id,
            At = acting.At,
        };
        db.Add(request);
        return request;
    }

    /// <summary>Carries a change out, for who looks after the request.</summary>
    public async Task ChangeAsync(
        MemberRequest request,
        string act,
        OperationContext acting,
        Action change,
        CancellationToken cancel
    )
    {
        if (!acting.Actor.IsSystem && !Manages(request, acting))
            throw new ForbiddenException(RequestsModule.Manage);
        change();
        journal.Append(
            acting,
            request.Stream,
            act,
            null,
            new
            {
                title = request.Title.ToString(),
                request.Form,
                due = request.Due.ToString("O"),
                members = request.Members.Count,
            }
        );
        // The version moves whatever changed: of two who opened the same page, the second is told.
        if (db.Entry(request).State == EntityState.Unchanged)
            db.Entry(request).Property(r => r.Due).IsModified = true;
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Adds members that are not asked yet; how many.</summary>
    public async Task<int> AskAsync(
        MemberRequest request,
        IReadOnlyList<MemberLine> chosen,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        request.DemandDraft();
        var known = request.Members.Select(m => m.Member).ToHashSet();
        var more = chosen.Where(c => !known.Contains(c.Id)).ToList();
        if (known.Count + more.Count > MostMembers)
            throw new RuleViolationException("requests.too-many", ("limit", MostMembers));
        if (more.Count == 0)
            return 0;
        await ChangeAsync(
            request,
            "requests.members-chosen",
            acting,
            () =>
            {
                foreach (var member in more)
                {
                    var asked = new RequestedMember
                    {
                        Id = Guid.CreateVersion7(acting.At),
                        Request = request.Id,
                        Member = member.Id,
                    };
                    request.Members.Add(asked);
                    db.Entry(asked).State = EntityState.Added;
                }
            },
            cancel
        );
        return more.Count;
    }

    /// <summary>Begins a response for each member and writes to its people.</summary>
    /// <param name="site">The address of this site, for the links.</param>
    public async Task SendAsync(MemberRequest request, Uri site, OperationContext acting, CancellationToken cancel)
    {
        if (!(await forms.ListAskableAsync(acting.At, cancel)).ContainsKey(request.Form))
            throw new RuleViolationException("requests.form-closed");
        // Found before the transaction: while somebody writes on SQLite, all others wait.
        var lines = await PresentAsync(request, cancel);
        var readers = await letters.FindPeopleAsync([.. lines.Keys], cancel);
        await db.InTransactionAsync(
            async () =>
            {
                request.DemandDraft();
                var present = Once(request).Where(m => lines.ContainsKey(m.Member)).ToList();
                var responses = await forms.BeginForAsync(
                    request.Form,
                    [
                        .. present.Select(m =>
                            Addressee(request, lines[m.Member], readers.People[m.Member].FirstOrDefault())
                        ),
                    ],
                    acting,
                    cancel
                );
                foreach (var (asked, response) in present.Zip(responses))
                {
                    (asked.Reached, asked.Response) = (readers.People[asked.Member].Count(), response);
                    await letters.WriteAsync(request, lines[asked.Member], response, readers, "asked", site, cancel);
                }
                await ChangeAsync(request, "requests.sent", acting, () => request.Send(acting.At), cancel);
                // The responses it began came first.
                db.FirstAct = "requests.sent";
            },
            cancel
        );
    }

    /// <summary>The members that are asked and belong today.</summary>
    public async Task<IReadOnlyDictionary<MemberId, MemberLine>> PresentAsync(
        MemberRequest request,
        CancellationToken cancel
    ) =>
        (await members.Lines([.. request.Members.Select(m => m.Member)], cancel))
            .Values.Where(m => m.IsMember)
            .ToDictionary(m => m.Id);

    // Of two members that were merged since, both rows name the one that was kept.
    private static IEnumerable<RequestedMember> Once(MemberRequest request) =>
        request.Members.OrderBy(m => m.Response is null).ThenBy(m => m.Id).DistinctBy(m => m.Member);

    private (string Email, Language Language, LocalizedText Intro) Addressee(
        MemberRequest request,
        MemberLine member,
        AccountAddress? first
    ) =>
        (
            first?.Email ?? "",
            first?.Language ?? member.Name.Source ?? Language.English,
            letters.IntroOf(request, member)
        );

    /// <summary>Writes again to members that have not answered; how many.</summary>
    /// <param name="site">The address of this site, for the links.</param>
    public async Task<int> RemindAsync(
        MemberRequest request,
        Uri site,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        request.DemandSent();
        var silent = RequestLine.Remindable(await LinesAsync(request, Language.English, cancel), acting.At);
        var readers = await letters.FindPeopleAsync([.. silent.Select(l => l.Member.Id)], cancel);
        var reached = silent.Where(l => readers.People.Contains(l.Member.Id)).ToList();
        if (reached.Count == 0)
            throw new RuleViolationException("requests.nobody-silent");
        await db.InTransactionAsync(
            async () =>
            {
                foreach (var line in reached)
                {
                    line.Asked.RemindedAt = acting.At;
                    await letters.WriteAsync(
                        request,
                        line.Member,
                        line.Asked.Response!.Value,
                        readers,
                        "reminded",
                        site,
                        cancel
                    );
                }
                await ChangeAsync(request, "requests.reminded", acting, () => { }, cancel);
            },
            cancel
        );
        return reached.Count;
    }

    /// <summary>
    /// Moves the last day of a request that was sent. Forms that wait for an answer say it at once; letters say it from
    /// the next reminder on.
    /// </summary>
    public async Task PostponeAsync(
        MemberRequest request,
        DateOnly? due,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (due is not { } day)
            throw new RuleViolationException("requests.due-missing");
        request.Postpone(day, DateOnly.FromDateTime(acting.At.UtcDateTime));
        var lines = await PresentAsync(request, cancel);
        await forms.ReintroduceAsync(
            Once(request)
                .Where(m => m.Response is not null && lines.ContainsKey(m.Member))
                .ToDictionary(m => m.Response!.Value, m => letters.IntroOf(request, lines[m.Member])),
            acting,
            cancel
        );
        db.FirstAct = "requests.postponed";
        await ChangeAsync(request, "requests.postponed", acting, () => { }, cancel);
    }

    /// <summary>Takes answers to a closed request again.</summary>
    public Task ReopenAsync(MemberRequest request, OperationContext acting, CancellationToken cancel) =>
        ChangeAsync(request, "requests.reopened", acting, request.Reopen, cancel);

    /// <summary>Who is asked, by name, and who answered.</summary>
    public async Task<IReadOnlyList<RequestLine>> LinesAsync(
        MemberRequest request,
        Language reader,
        CancellationToken cancel
    )
    {
        var lines = await members.Lines([.. request.Members.Select(m => m.Member)], cancel);
        var states = await forms.StatesAsync([.. request.Members.Select(m => m.Response).OfType<Guid>()], cancel);
        return
        [
            .. Once(request)
                .Where(m => lines.ContainsKey(m.Member))
                .Select(m =>
                {
                    var (sentAt, isBegun) = m.Response is { } id ? states.GetValueOrDefault(id) : default;
                    return new RequestLine(m, lines[m.Member], sentAt, isBegun);
                })
                .OrderBy(l => l.Member.Name.For(reader), StringComparer.Create(reader.Culture, ignoreCase: true)),
        ];
    }

    /// <summary>Open requests to these members that have not been answered.</summary>
    public async Task<IReadOnlyList<(MemberRequest Request, RequestedMember Asked)>> PendingAsync(
        IReadOnlyList<MemberId> of,
        CancellationToken cancel
    )
    {
        if (of.Count == 0)
            return [];
        var open = await (
            from request in db.Set<MemberRequest>().AsNoTracking()
            join asked in db.Set<RequestedMember>().AsNoTracking() on request.Id equals asked.Request
            where request.State == RequestState.Sent && of.Contains(asked.Member)
            orderby request.Due
            select new { request, asked }
        ).ToListAsync(cancel);
        var states = await forms.StatesAsync([.. open.Select(o => o.asked.Response).OfType<Guid>()], cancel);
        return
        [
            .. open.Where(o => o.asked.Response is { } id && states.GetValueOrDefault(id).SentAt is null)
                .Select(o => (o.request, o.asked)),
        ];
    }
}
