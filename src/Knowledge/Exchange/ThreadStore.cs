using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange;

/// <summary>What a conversation begins with.</summary>
internal sealed record Opening(ThreadKind Kind, string Title, string Text, Language Language)
{
    public Reference? About { get; init; }
    public string? Topic { get; init; }
    public OfficeId? Office { get; init; }
    public MemberLine? Other { get; init; }

    /// <summary>The member in whose name it is asked.</summary>
    public MemberLine? Member { get; init; }
}

/// <summary>Reads and changes conversations, and tells those who follow them.</summary>
internal sealed class ThreadStore(
    PlenariaDb db,
    Journal journal,
    Register register,
    Network network,
    IMembers members,
    People people,
    Letters letters,
    TimeProvider time
)
{
    public const string Kind = "question",
        ReferenceLetter = "Q";
    public const int MostPerHour = 30;
    private const int Tries = 4,
        SummaryLength = 200;

    public Task<Thread?> Find(int number, CancellationToken cancel, bool toEdit = false) =>
        (toEdit ? db.Set<Thread>() : db.Set<Thread>().AsNoTracking()).SingleOrDefaultAsync(
            t => t.Number == number,
            cancel
        );

    public Task<List<Message>> Messages(Thread thread, CancellationToken cancel) =>
        db.Set<Message>()
            .AsNoTracking()
            .Where(m => m.Thread == thread.Id)
            .OrderBy(m => m.At)
            .ThenBy(m => m.Id)
            .ToListAsync(cancel);

    public static Reference ReferenceOf(string prefix, int number) =>
        Reference.Of(
            prefix,
            ReferenceLetter,
            number.ToString("00000", System.Globalization.CultureInfo.InvariantCulture)
        );

    /// <summary>Whether somebody may read a conversation.</summary>
    public async Task<bool> Sees(Thread thread, OperationContext acting, Audience reads, CancellationToken cancel) =>
        thread.Kind switch
        {
            ThreadKind.Network => true,
            ThreadKind.Comment => thread.About is { } about && (await register.Read([about], reads, cancel)).Count > 0,
            _ => IsParty(thread, acting),
        };

    /// <summary>Whether somebody may read what is between a member and an office, or between two members.</summary>
    public static bool IsParty(Thread thread, OperationContext acting) =>
        thread.Kind == ThreadKind.Contact
            ? acting.Actor.Represents.Any(m => m == thread.Member || m == thread.Other)
            : acting.Actor.Represents.Any(m => m == thread.Member)
                || acting.Actor.Id is { } me && me == thread.By
                || thread.Office is { } office && acting.Can(ExchangeModule.Curate, Scope.Of(office));

    /// <summary>
    /// Whether somebody looks after a conversation: who began it, and whoever curates everywhere or where it belongs.
    /// </summary>
    public async Task<bool> Keeps(Thread thread, OperationContext acting, CancellationToken cancel) =>
        acting.Actor.Id is { } me && me == thread.By || await Curates(thread, acting, cancel);

    /// <summary>Whether somebody curates everywhere or where a conversation belongs, whoever began it.</summary>
    private async Task<bool> Curates(Thread thread, OperationContext acting, CancellationToken cancel)
    {
        if (thread.Kind == ThreadKind.Contact || !acting.Can(ExchangeModule.Curate))
            return false;
        if (
            acting.Can(ExchangeModule.Curate, Scope.Everywhere)
            || thread.Office is { } office && acting.Can(ExchangeModule.Curate, Scope.Of(office))
        )
            return true;
        var country = thread.Member is { } member
            ? (await members.Lines([member], cancel)).GetValueOrDefault(member)?.Country
            : null;
        return await members.MayIn(acting, ExchangeModule.Curate, country, cancel);
    }

    public Task<Thread> Begin(Opening opening, OperationContext acting, CancellationToken cancel) =>
        Again(() => BeginOnce(opening, acting, cancel));

    private async Task<Thread> BeginOnce(Opening opening, OperationContext acting, CancellationToken cancel)
    {
        acting.Require(ExchangeModule.TakePart);
        await DemandRate(acting, cancel);
        var addressed = opening.Other is { } other ? await people.Of(other.Id, cancel) : [];
        if (opening.Kind == ThreadKind.Contact && addressed.Count == 0)
            throw new RuleViolationException("exchange.contact.nobody", ("name", opening.Other?.Name));
        var number = (await db.Set<Thread>().MaxAsync(t => (int?)t.Number, cancel) ?? 0) + 1;
        var thread = new Thread
        {
            Id = Guid.CreateVersion7(acting.At),
            Number = number,
            Kind = opening.Kind,
            Title = opening.Title,
            Language = opening.Language,
            About = opening.About,
            Topic = opening.Topic,
            Office = opening.Office,
            Member = opening.Member?.Id,
            Other = opening.Other?.Id,
            By = acting.Actor.Id,
            At = acting.At,
            Reference =
                opening.Kind == ThreadKind.Network ? ReferenceOf((await network.Profile(cancel)).Prefix, number) : null,
        };
        db.Add(thread);
        foreach (var person in await Concerned(thread, addressed, cancel))
            Follow(thread, person.Account);
        await Write(thread, opening.Text, opening.Language, acting, null, cancel);
        journal.Append(
            acting,
            thread.Stream,
            "exchange.begun",
            thread.Reference,
            new { kind = thread.Kind.ToString(), about = thread.About?.ToString() }
        );
        await db.SaveChangesAsync(cancel);
        return thread;
    }

    /// <summary>Whoever hears of a conversation without having written in it.</summary>
    private async Task<IReadOnlyList<AccountAddress>> Concerned(
        Thread thread,
        IReadOnlyList<AccountAddress> addressed,
        CancellationToken cancel
    )
    {
        if (thread.Kind == ThreadKind.Contact)
            return [.. addressed.Concat(await people.Of(thread.Member!.Value, cancel)).DistinctBy(p => p.Account)];
        if (thread.Kind == ThreadKind.Office)
            return await people.Of(thread.Office!.Value, cancel);
        if (
            thread.About is not { } about
            || (await register.Read([about], Audience.Staff, cancel)).GetValueOrDefault(about) is not { } entry
        )
            return [];
        return entry.Member is { } owner ? await people.Of(owner, cancel)
            : entry.Office is { } office ? await people.Of(office, cancel)
            : [];
    }

    /// <summary>
    /// Adds what somebody wrote, and tells the others. What came by the same mail before is not added again.
    /// </summary>
    public Task Post(
        int number,
        string text,
        Language language,
        OperationContext acting,
        string? messageId,
        CancellationToken cancel
    ) =>
        Again(async () =>
        {
            var thread =
                await Find(number, cancel, toEdit: true)
                ?? throw new RuleViolationException("platform.changed-meanwhile");
            acting.Require(ExchangeModule.TakePart);
            if (
                messageId is not null
                && await db.Set<Message>().AnyAsync(m => m.Thread == thread.Id && m.MessageId == messageId, cancel)
            )
                return thread;
            if (!thread.IsOpen)
                throw new RuleViolationException("exchange.closed");
            await DemandRate(acting, cancel);
            await Write(thread, text, language, acting, messageId, cancel);
            journal.Append(
                acting,
                thread.Stream,
                "exchange.posted",
                thread.Reference,
                new { byMail = messageId is not null }
            );
            await db.SaveChangesAsync(cancel);
            return thread;
        });

    private async Task Write(
        Thread thread,
        string text,
        Language language,
        OperationContext acting,
        string? messageId,
        CancellationToken cancel
    )
    {
        var (member, institution) = await Institution(thread, acting, cancel);
        var message = new Message
        {
            Id = Guid.CreateVersion7(acting.At),
            Thread = thread.Id,
            By = acting.Actor.Id,
            ByName = Folding.Cut(acting.Actor.Name, Message.NameMaxLength),
            Institution = Folding.Cut(institution, Message.NameMaxLength),
            Member = member,
            At = acting.At,
            Language = language,
            Text = text,
            MessageId = messageId,
            IsAnswer = thread.Office is { } office
                ? acting.Can(ExchangeModule.Curate, Scope.Of(office)) && acting.Actor.Id != thread.By
                : acting.Actor.Id != thread.By,
        };
        db.Add(message);
        if (
            acting.Actor.Id is { } author
            && !await db.Set<Follower>().AnyAsync(f => f.Thread == thread.Id && f.Account == author, cancel)
        )
            Follow(thread, author);
        await Publish(thread, message, cancel);
        await Tell(thread, message, cancel);
    }

    private void Follow(Thread thread, AccountId account)
    {
        if (!db.Set<Follower>().Local.Any(f => f.Thread == thread.Id && f.Account == account))
            db.Add(
                new Follower
                {
                    Thread = thread.Id,
                    Account = account,
                    ReplyToken = ReplyAddress.NewToken(),
                }
            );
    }

    private async Task Tell(Thread thread, Message message, CancellationToken cancel)
    {
        // Those added a moment ago are not stored yet.
        var stored = await db.Set<Follower>().Where(f => f.Thread == thread.Id).ToListAsync(cancel);
        var followers = stored
            .Concat(db.Set<Follower>().Local.Where(f => f.Thread == thread.Id))
            .Distinct()
            .Where(f => f.IsActive && f.Account != message.By)
            .ToDictionary(f => f.Account);
        var readers = await people.Of(followers.Keys, cancel);
        // What is between two hears only who still acts for one of them.
        if (await Parties(thread, cancel) is { } parties)
            readers = [.. readers.Where(r => parties.Contains(r.Account))];
        foreach (var reader in readers)
            await letters.Send(
                reader,
                "message",
                followers[reader.Account].ReplyToken,
                language =>
                    [
                        ("who", message.ByName),
                        ("institution", message.Institution),
                        ("title", thread.Title),
                        ("text", message.Text),
                        ("link", letters.Link(language, thread.Path)),
                        ("stop", letters.Link(language, thread.Path) + "#follow"),
                    ],
                cancel
            );
    }

    // Null: the conversation is for everybody.
    private async Task<HashSet<AccountId>?> Parties(Thread thread, CancellationToken cancel)
    {
        if (thread.Kind is not (ThreadKind.Contact or ThreadKind.Office))
            return null;
        var parties = new HashSet<AccountId>();
        foreach (var member in ((MemberId?[])[thread.Member, thread.Other]).OfType<MemberId>())
            parties.UnionWith((await people.Of(member, cancel)).Select(r => r.Account));
        if (thread.Office is { } office)
            parties.UnionWith((await people.Of(office, cancel)).Select(r => r.Account));
        if (thread.Kind == ThreadKind.Office && thread.By is { } by)
            parties.Add(by);
        return parties;
    }

    private async Task Publish(Thread thread, Message? added, CancellationToken cancel, Guid? without = null)
    {
        if (thread.Reference is not { } reference || thread.Withdrawn)
            return;
        var said = await db.Set<Message>()
            .AsNoTracking()
            .Where(m => m.Thread == thread.Id && m.WithdrawnAt == null && m.Id != without)
            .OrderBy(m => m.At)
            .Select(m => m.Text)
            .ToListAsync(cancel);
        if (added is not null)
            said.Add(added.Text);
        if (said.Count == 0)
            return;
        await register.Publish(
            new(
                reference,
                Kind,
                thread.Path,
                LocalizedText.Original(thread.Language, thread.Title),
                LocalizedText.Original(thread.Language, Folding.Cut(said[0].ReplaceLineEndings(" "), SummaryLength))
            )
            {
                Member = thread.Member,
                Date = PartialDate.On(DateOnly.FromDateTime(thread.At.UtcDateTime)),
                Topics = thread.Topic is { } topic ? [topic] : [],
            },
            LocalizedText.Original(thread.Language, string.Join("\n\n", said)),
            Audience.Public,
            cancel
        );
    }

    /// <summary>For whom somebody writes here: a member they represent, their office, or the network.</summary>
    private async Task<(MemberId? Member, string Name)> Institution(
        Thread thread,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var own = acting.Actor.Represents;
        MemberId? member =
            own.Any(m => m == thread.Member) ? thread.Member
            : own.Any(m => m == thread.Other) ? thread.Other
            : acting.OnBehalfOf?.Id ?? (own.Count > 0 ? own[0] : null);
        if (member is { } id && (await members.Lines([id], cancel)).TryGetValue(id, out var line))
            return (id, line.Name.ToString());
        if (
            acting.Actor.Grants.FirstOrDefault(g => g.Role == Role.Regional && g.Scope.Kind == "office") is { } grant
            && await members.OfficeName(new(grant.Scope.Id), thread.Language, cancel) is { Length: > 0 } office
        )
            return (null, office);
        return (null, (await network.Profile(cancel)).ShortName);
    }

    /// <summary>
    /// Takes a message back: what it said is erased. When it is what began the conversation, that is in no list any
    /// more.
    /// </summary>
    public async Task Withdraw(Thread thread, Guid id, OperationContext acting, CancellationToken cancel)
    {
        var message =
            await db.Set<Message>().SingleOrDefaultAsync(m => m.Thread == thread.Id && m.Id == id, cancel)
            ?? throw new RuleViolationException("platform.changed-meanwhile");
        if (message.By != acting.Actor.Id && !await Curates(thread, acting, cancel))
            throw new ForbiddenException(ExchangeModule.Curate);
        if (message.WithdrawnAt is not null)
            throw new RuleViolationException("exchange.withdrawn-already");
        (message.Text, message.WithdrawnAt) = ("", acting.At);
        if (thread.Helped == id)
            thread.Unmark();
        var first = await db.Set<Message>()
            .Where(m => m.Thread == thread.Id)
            .OrderBy(m => m.At)
            .ThenBy(m => m.Id)
            .Select(m => m.Id)
            .FirstAsync(cancel);
        journal.Append(
            acting,
            thread.Stream,
            "exchange.withdrawn",
            thread.Reference,
            new { own = message.By == acting.Actor.Id }
        );
        if (first != id)
            await Publish(thread, null, cancel, without: id);
        else
        {
            thread.Withdrawn = true;
            if (thread.Reference is { } reference)
                await register.Withdraw(reference, cancel, erase: true);
        }
        await db.SaveChangesAsync(cancel);
    }

    public async Task Close(Thread thread, Guid? helped, OperationContext acting, CancellationToken cancel)
    {
        if (!await Keeps(thread, acting, cancel))
            throw new ForbiddenException(ExchangeModule.Curate);
        if (
            helped is { } id
            && !await db.Set<Message>()
                .AnyAsync(m => m.Thread == thread.Id && m.Id == id && m.WithdrawnAt == null, cancel)
        )
            throw new RuleViolationException("platform.changed-meanwhile");
        thread.Close(helped, acting.At);
        journal.Append(acting, thread.Stream, "exchange.closed", thread.Reference, new { helped = helped is not null });
        await db.SaveChangesAsync(cancel);
    }

    public async Task Reopen(Thread thread, OperationContext acting, CancellationToken cancel)
    {
        if (!await Keeps(thread, acting, cancel))
            throw new ForbiddenException(ExchangeModule.Curate);
        thread.Reopen();
        journal.Append(acting, thread.Stream, "exchange.reopened", thread.Reference, new { });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Begins to follow, or stops.</summary>
    public async Task SetFollowing(Thread thread, bool isActive, OperationContext acting, CancellationToken cancel)
    {
        var me = acting.Actor.Id!.Value;
        var follower = await db.Set<Follower>()
            .SingleOrDefaultAsync(f => f.Thread == thread.Id && f.Account == me, cancel);
        if (follower is null && isActive)
            Follow(thread, me);
        else if (follower is not null && follower.IsActive != isActive)
            follower.IsActive = isActive;
        else
            return;
        journal.Append(
            acting,
            thread.Stream,
            isActive ? "exchange.followed" : "exchange.unfollowed",
            thread.Reference,
            new { }
        );
        await db.SaveChangesAsync(cancel);
    }

    private async Task DemandRate(OperationContext acting, CancellationToken cancel)
    {
        var (me, since) = (acting.Actor.Id, acting.At.AddHours(-1));
        if (
            me is not null
            && await db.Set<Message>().CountAsync(m => m.By == me && m.At > since, cancel) >= MostPerHour
        )
            throw new RuleViolationException("exchange.too-many", ("most", MostPerHour));
    }

    // Two who write at once want the same number, or renew the same entry of the register: neither has done anything
    // wrong.
    private async Task<Thread> Again(Func<Task<Thread>> work)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                return await work();
            }
            catch (Exception fault) when (attempt < Tries && PlenariaDb.IsConcurrencyConflict(fault))
            {
                db.ClearTracking();
            }
    }

    /// <summary>Deletes replies by mail that nobody confirmed in time.</summary>
    public Task ForgetHeldRepliesAsync(CancellationToken cancel)
    {
        var before = time.GetUtcNow().AddDays(-HeldReply.DaysKept);
        return db.InTransactionAsync(
            () =>
                db.DeleteRowsAsync(
                    db.Set<HeldReply>().Where(r => r.At < before),
                    StatementStreams.None("their time is over"),
                    cancel
                ),
            cancel
        );
    }
}
