using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenaria.Comments;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange;

/// <summary>Conversations as records that are commented: the first comment is what was asked.</summary>
internal sealed class ThreadDiscussions(
    PlenariaDb db,
    Register register,
    Network network,
    IMembers members,
    People people,
    ThreadStore threads,
    Localizer texts
) : ICommentable
{
    public const string Kind = "conversation";
    private const int SummaryLength = 200;

    public async Task<Guid?> FindIdAsync(string key, CancellationToken cancel) =>
        int.TryParse(key, CultureInfo.InvariantCulture, out var number)
            ? (await threads.Find(number, cancel))?.Id
            : null;

    public async Task<CommentedRecord?> FindAsync(Guid id, OperationContext acting, CancellationToken cancel)
    {
        if (await db.Set<Thread>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancel) is not { } thread)
            return null;
        var (me, curates) = (acting.Actor.Id, await threads.Curates(thread, acting, cancel));
        var isShown = !thread.Withdrawn || thread.Title.Length > 0 && (curates || me is not null && me == thread.By);
        var title = isShown
            ? LocalizedText.Original(thread.Language, thread.Title)
            : LocalizedText.InEvery(Language.English, l => texts.Get(l, "exchange.taken-out"));
        return new(thread.Id, Kind, title, thread.Path, thread.Stream)
        {
            Reference = thread.Reference,
            Key = $"{thread.Number}",
            StandsOnRecord = true,
            LetterKind = thread.Kind == ThreadKind.Comment ? CommentLetters.Kind : Letters.QuestionKind,
            HeadingKey = thread.Kind is ThreadKind.Network or ThreadKind.Office ? "exchange.said" : "comments.title",
            IsPublic =
                thread.Kind == ThreadKind.Network
                || thread.Kind == ThreadKind.Comment && await threads.Sees(thread, acting, Audience.Public, cancel),
            CanRead = await threads.Sees(thread, acting, AudienceOf(acting), cancel),
            CanWrite = acting.Can(ExchangeModule.TakePart),
            CanModerate = curates,
            IsModerated = thread.Kind != ThreadKind.Contact,
            IsOpen = thread.IsOpen,
            ClosesItself = true,
            CanWithdraw = comment => me is not null && comment.By == me,
        };
    }

    public async Task<CommentAuthor> AdmitAsync(
        CommentedRecord record,
        CommentDraft draft,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.Require(ExchangeModule.TakePart);
        var thread = await GetAsync(record, cancel);
        var (member, institution) = await InstitutionAsync(thread, acting, cancel);
        return new(
            institution,
            member,
            thread.Office is { } office
                ? acting.Can(ExchangeModule.Curate, Scope.Of(office)) && acting.Actor.Id != thread.By
                : acting.Actor.Id != thread.By
        );
    }

    /// <summary>Whoever hears of a conversation without having written in it.</summary>
    public async Task<IReadOnlyList<AccountId>> FindConcernedAsync(CommentedRecord record, CancellationToken cancel)
    {
        var thread = await GetAsync(record, cancel);
        if (thread.Kind == ThreadKind.Contact)
            return
            [
                .. Accounts(await people.Of(thread.Other!.Value, cancel))
                    .Concat(Accounts(await people.Of(thread.Member!.Value, cancel)))
                    .Distinct(),
            ];
        if (thread.Kind == ThreadKind.Office)
            return [.. Accounts(await people.Of(thread.Office!.Value, cancel))];
        if (
            thread.About is not { } about
            || (await register.Read([about], Audience.Staff, cancel)).GetValueOrDefault(about) is not { } entry
        )
            return [];
        return entry.Member is { } owner ? [.. Accounts(await people.Of(owner, cancel))]
            : entry.Office is { } office ? [.. Accounts(await people.Of(office, cancel))]
            : [];
    }

    /// <summary>What is between two hears only who still acts for one of them.</summary>
    public async Task<IReadOnlySet<AccountId>?> FindAudienceAsync(CommentedRecord record, CancellationToken cancel)
    {
        var thread = await GetAsync(record, cancel);
        if (thread.IsPublic)
            return null;
        var parties = new HashSet<AccountId>();
        foreach (var member in ((MemberId?[])[thread.Member, thread.Other]).OfType<MemberId>())
            parties.UnionWith(Accounts(await people.Of(member, cancel)));
        if (thread.Office is { } office)
            parties.UnionWith(Accounts(await people.Of(office, cancel)));
        if (thread.Kind == ThreadKind.Office && thread.By is { } by)
            parties.Add(by);
        return parties;
    }

    /// <summary>
    /// Renews the question in the register. When what began a conversation is withdrawn, that is in no list any more.
    /// </summary>
    public async Task ChangedAsync(
        CommentedRecord record,
        PostedComment changed,
        IReadOnlyList<PostedComment> all,
        CancellationToken cancel
    )
    {
        var thread = await GetAsync(record, cancel);
        if (thread.Helped == changed.Id && !changed.IsShown)
            thread.Unmark();
        // What began it is the question itself: nobody reads its title where its words are not shown.
        if (all[0].IsShown)
        {
            thread.PutBack();
            await PublishAsync(thread, all, cancel);
            return;
        }
        var isErased = all[0].WithdrawnAt is not null;
        if (thread.Withdrawn && !isErased)
            return;
        thread.TakeOut(isErased);
        if (thread.Reference is { } reference)
            await register.Withdraw(reference, cancel, erase: isErased);
    }

    private async Task PublishAsync(Thread thread, IReadOnlyList<PostedComment> all, CancellationToken cancel)
    {
        if (thread.Reference is not { } reference)
            return;
        var said = all.Where(c => c.IsShown).Select(c => c.Text.ToString()).ToList();
        var summary = said.Count == 0 ? "" : Folding.Cut(said[0].ReplaceLineEndings(" "), SummaryLength);
        await register.Publish(
            new(
                reference,
                ThreadStore.Kind,
                thread.Path,
                LocalizedText.Original(thread.Language, thread.Title),
                LocalizedText.Original(thread.Language, summary)
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
    private async Task<(MemberId? Member, string Name)> InstitutionAsync(
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

    // Changed with what is said in it: tracked.
    private Task<Thread> GetAsync(CommentedRecord record, CancellationToken cancel) =>
        db.Set<Thread>().SingleAsync(t => t.Id == record.Id, cancel);

    private static IEnumerable<AccountId> Accounts(IEnumerable<AccountAddress> people) => people.Select(p => p.Account);

    private static Audience AudienceOf(OperationContext acting) =>
        acting.Can("site.staff-area") ? Audience.Staff
        : acting.Actor.Id is not null || acting.Actor.IsSystem ? Audience.Network
        : Audience.Public;
}
