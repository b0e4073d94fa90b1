using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Comments;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;
using Plenaria.Thesaurus;

namespace Plenaria.Exchange.Asking;

/// <summary>A conversation, whole. What is not public is not there for whoever is no part of it.</summary>
[AllowAnonymous, Cacheable]
internal sealed class ShowModel(
    ThreadStore threads,
    CommentService comments,
    Register register,
    IMembers members,
    ThesaurusService thesaurus,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private bool _keeps;

    public Thread Thread { get; private set; } = null!;
    public DiscussionView Discussion { get; private set; } = null!;
    public PublishedEntry? Entry { get; private set; }
    public MemberLine? Member { get; private set; }
    public MemberLine? Other { get; private set; }
    public string? Office { get; private set; }
    public string? Topic { get; private set; }

    public object? Stored => Thread.Version;
    public bool MayClose => _keeps && Thread.IsOpen;
    public bool MayReopen => _keeps && Thread is { ClosedAt: not null, Withdrawn: false };

    public async Task<IActionResult> OnGetAsync(int number, CancellationToken cancel) =>
        await Load(number, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (
            !await Load(
                int.Parse((string)RouteData.Values["number"]!, System.Globalization.CultureInfo.InvariantCulture),
                cancel
            )
        )
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public Task<IActionResult> OnPostHelpedAsync(int number, Guid id, int version, CancellationToken cancel) =>
        Act(number, version, acting => threads.Close(Thread, id, acting, cancel), cancel);

    public Task<IActionResult> OnPostCloseAsync(int number, int version, CancellationToken cancel) =>
        Act(number, version, acting => threads.Close(Thread, null, acting, cancel), cancel);

    public Task<IActionResult> OnPostReopenAsync(int number, int version, CancellationToken cancel) =>
        Act(number, version, acting => threads.Reopen(Thread, acting, cancel), cancel);

    private async Task<IActionResult> Act(
        int number,
        int version,
        Func<OperationContext, Task> act,
        CancellationToken cancel
    )
    {
        if (!await Load(number, cancel))
            return NotFound();
        if (!visitor.IsSignedIn)
            throw new ForbiddenException(ExchangeModule.TakePart);
        PlenariaDb.RequireVersion(Thread, version);
        var wasOpen = Thread.IsOpen;
        await act(visitor.Acting());
        if (wasOpen && Thread.ClosedAt is not null)
            this.OfferUndo(Thread.Path, "Reopen", ("version", Thread.Version));
        return Redirect($"/{phrases.Language}{Thread.Path}");
    }

    private async Task<bool> Load(int number, CancellationToken cancel)
    {
        var acting = visitor.Acting();
        if (
            await threads.Find(number, cancel, toEdit: true) is not { } thread
            || await comments.ReadAsync(ThreadDiscussions.Kind, thread.Id, acting, cancel) is not { } discussion
        )
            return false;
        discussion.AfterPartial = "/Exchange/Asking/_Helped.cshtml";
        (Thread, Discussion, _keeps) = (
            thread,
            discussion,
            visitor.IsSignedIn && await threads.Keeps(thread, acting, cancel)
        );
        var lines = await members.Lines([.. ((MemberId?[])[thread.Member, thread.Other]).OfType<MemberId>()], cancel);
        (Member, Other) = (
            thread.Member is { } one ? lines.GetValueOrDefault(one) : null,
            thread.Other is { } other ? lines.GetValueOrDefault(other) : null
        );
        Entry = thread.About is { } about
            ? (await register.Read([about], visitor.Reads, cancel)).GetValueOrDefault(about)
            : null;
        Office = thread.Office is { } office ? await members.OfficeName(office, phrases.Language, cancel) : null;
        Topic = thread.Topic is { } topic ? (await thesaurus.Read(cancel)).Label(topic, phrases.Language) : null;
        return true;
    }
}
