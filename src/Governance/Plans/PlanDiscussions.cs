using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenaria.Comments;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Plans;

/// <summary>
/// Work plans as records that are commented, action by action, by members and those who work for the network.
/// </summary>
internal sealed class PlanDiscussions(
    PlenariaDb db,
    Network network,
    Accounts accounts,
    CommentService comments,
    TimeProvider time
) : ICommentable
{
    public const string Kind = "plan";

    public async Task<Guid?> FindIdAsync(string key, CancellationToken cancel) =>
        int.TryParse(key, CultureInfo.InvariantCulture, out var year)
            ? await db.Set<WorkPlan>().Where(p => p.Year == year).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(cancel)
            : null;

    public async Task<CommentedRecord?> FindAsync(Guid id, OperationContext acting, CancellationToken cancel)
    {
        if (
            await db.Set<WorkPlan>()
                .AsNoTracking()
                .Include(p => p.Actions.OrderBy(a => a.Number))
                .SingleOrDefaultAsync(p => p.Id == id, cancel)
            is not { } plan
        )
            return null;
        var (me, moderates) = (acting.Actor.Id, acting.Can(PlansModule.Edit));
        return new(id, Kind, plan.Title, plan.Path, plan.Stream)
        {
            Reference = plan.Reference,
            Key = $"{plan.Year}",
            Paragraphs = [.. plan.Actions.Select(a => new CommentedParagraph(a.Number, a.Title, plan.PathOf(a)))],
            IsPublic = plan.TakesComments,
            CanRead = plan.TakesComments || moderates,
            CanWrite = acting.Can(PlansModule.Comment),
            CanModerate = moderates,
            IsOpen = plan.TakesComments && !plan.IsHistory,
            CanWithdraw = comment => me is not null && comment.By == me,
        };
    }

    /// <summary>The Secretariat, which looks after the plan and answers.</summary>
    public async Task<IReadOnlyList<AccountId>> FindConcernedAsync(CommentedRecord record, CancellationToken cancel) =>
        [.. (await accounts.Holding(Role.Staff, Scope.Everywhere, time.GetUtcNow(), cancel)).Select(a => a.Account)];

    public async Task<CommentAuthor> AdmitAsync(
        CommentedRecord record,
        CommentDraft draft,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.Require(PlansModule.Comment);
        if (acting.OnBehalfOf is { } mandate)
            return new(mandate.Name, mandate.Id);
        if (acting.Actor.Represents is not [var member, ..])
            return new((await network.Profile(cancel)).ShortName, null);
        // A mail says who wrote it and not what their institution is called: as they signed the last time.
        var before = await comments
            .Query()
            .Where(c => c.Member == member)
            .OrderByDescending(c => c.At)
            .Select(c => c.Institution)
            .FirstOrDefaultAsync(cancel);
        return new(before ?? throw new RuleViolationException("plans.comments.first-here"), member);
    }
}
