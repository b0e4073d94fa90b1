using Microsoft.EntityFrameworkCore;
using Plenaria.Comments;
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

/// <summary>Begins conversations, closes them, and says who may read and keep them.</summary>
internal sealed class ThreadStore(
    PlenariaDb db,
    Journal journal,
    Register register,
    Network network,
    IMembers members,
    People people,
    CommentService comments
)
{
    public const string Kind = "question",
        ReferenceLetter = "Q";
    private const int Tries = 4;

    public Task<Thread?> Find(int number, CancellationToken cancel, bool toEdit = false) =>
        (toEdit ? db.Set<Thread>() : db.Set<Thread>().AsNoTracking()).SingleOrDefaultAsync(
            t => t.Number == number,
            cancel
        );

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
    public async Task<bool> Curates(Thread thread, OperationContext acting, CancellationToken cancel)
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

    public async Task<Thread> Begin(Opening opening, OperationContext acting, CancellationToken cancel)
    {
        acting.Require(ExchangeModule.TakePart);
        if (opening is { Kind: ThreadKind.Contact, Other: { } other } && (await people.Of(other.Id, cancel)).Count == 0)
            throw new RuleViolationException("exchange.contact.nobody", ("name", other.Name));
        // Two who write at once want the same number: neither has done anything wrong.
        for (var attempt = 1; ; attempt++)
            try
            {
                Thread? thread = null;
                await db.InTransactionAsync(async () => thread = await BeginOnce(opening, acting, cancel), cancel);
                return thread!;
            }
            catch (Exception fault) when (attempt < Tries && PlenariaDb.IsConcurrencyConflict(fault))
            {
                db.ClearTracking();
            }
    }

    private async Task<Thread> BeginOnce(Opening opening, OperationContext acting, CancellationToken cancel)
    {
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
        journal.Append(
            acting,
            thread.Stream,
            "exchange.begun",
            thread.Reference,
            new { kind = thread.Kind.ToString(), about = thread.About?.ToString() }
        );
        await db.SaveChangesAsync(cancel);
        await Post(thread, opening.Text, opening.Language, acting, cancel);
        return thread;
    }

    /// <summary>Adds what somebody wrote, and tells the others.</summary>
    public Task<PostedComment> Post(
        Thread thread,
        string text,
        Language language,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        comments.PostAsync(
            ThreadDiscussions.Kind,
            thread.Id,
            new(LocalizedText.Original(language, text)),
            acting,
            cancel
        );

    public async Task Close(Thread thread, Guid? helped, OperationContext acting, CancellationToken cancel)
    {
        if (!await Keeps(thread, acting, cancel))
            throw new ForbiddenException(ExchangeModule.Curate);
        if (helped is { } id && !await comments.QueryShown().AnyAsync(c => c.Record == thread.Id && c.Id == id, cancel))
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
}
