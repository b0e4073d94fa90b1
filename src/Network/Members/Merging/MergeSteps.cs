using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Subjects;

namespace Plenaria.Members.Merging;

/// <summary>What merging institutions and merging people have in common.</summary>
internal sealed class MergeSteps(Subjects subjects, AppointmentNotices notices)
{
    /// <summary>
    /// Points the rows back that a merge moved, and marks it as undone. Returns how many of them are gone by now.
    /// </summary>
    /// <exception cref="RuleViolationException">It was undone already.</exception>
    public async Task<int> PointBackAsync<TId, TFields>(
        MergeRecord<TId, TFields> merge,
        SubjectKind kind,
        Guid gone,
        StatementStreams of,
        OperationContext acting,
        CancellationToken cancel
    )
        where TFields : class, IMergedFields
    {
        RequireOpen(merge);
        var lost = await subjects.Undo(kind, merge.Moves, gone, of, cancel);
        merge.UndoneAt = acting.At;
        return lost;
    }

    public static void RequireOpen<TId, TFields>(MergeRecord<TId, TFields> merge)
        where TFields : class, IMergedFields
    {
        if (merge.UndoneAt is not null)
            throw new RuleViolationException("members.merge.undone-already");
    }

    /// <summary>
    /// The fields that go back: a field that somebody changed since is theirs, one that still reads as the merge left
    /// it is not.
    /// </summary>
    public static IEnumerable<string> FieldsToRestore<TId, TFields>(
        MergeRecord<TId, TFields> merge,
        TFields now,
        IEnumerable<string> names,
        Func<TFields, string, object?> value
    )
        where TFields : class, IMergedFields =>
        names.Where(name =>
            Equals(value(now, name), value(merge.Other, name)) && !Equals(value(now, name), value(merge.Before, name))
        );

    /// <summary>
    /// The role waits for the member's word again, or a merge would give its vote away; when it had been confirmed is
    /// remembered.
    /// </summary>
    public async Task UnconfirmAsync(
        Member member,
        Representation role,
        Person holder,
        Dictionary<Guid, DateTimeOffset> confirmed,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        confirmed[role.Id] = role.ConfirmedAt!.Value;
        role.ConfirmedAt = null;
        await notices.TellNamedAsync(member, role, holder, acting, cancel);
    }

    /// <summary>Roles that nobody has confirmed since hold again, as they did before the merge.</summary>
    public static void Reconfirm(IEnumerable<Representation> roles, IMergedFields before)
    {
        foreach (var role in roles.Where(r => r.ConfirmedAt is null))
            if (before.Confirmed?.TryGetValue(role.Id, out var confirmedAt) == true)
                role.ConfirmedAt = confirmedAt;
    }
}
