using Plenaria.Ballots.Rules;
using Plenaria.Plans;
using Plenaria.Platform.Access;
using Plenaria.Platform.Decisions;
using Plenaria.Sessions.Live;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions;

/// <summary>
/// What a vote is about, and what follows from it: an adopted motion becomes a resolution, in the same transaction.
/// </summary>
internal sealed class Adoption(IResolutions resolutions, DecidableService decidables, DecisionNotices notices)
{
    /// <summary>Keeps the text that is put to the vote, and names it: SHA-256, hexadecimal.</summary>
    public async Task<string> Freeze(
        Session session,
        Motion motion,
        Amendment? amendment,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (amendment is not null)
            return Passages.Hash(amendment.InOriginal(motion.Text.Source ?? Language.English).Text);
        var frozen = motion is { About: { } about, Decidable: { } key }
            ? await decidables.Get(key).FreezeAsync(about, PartialDate.On(session.Day), acting, cancel)
            : null;
        return frozen ?? Passages.Hash(motion.Consolidated().ToString());
    }

    /// <summary>
    /// Carries a vote's outcome out; what is returned are the numbers of the amendments that cannot stand beside the
    /// adopted one.
    /// </summary>
    public async Task<IReadOnlyList<int>?> Decided(
        Session session,
        Vote vote,
        Outcome outcome,
        VoteFigures? figures,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (
            outcome is not (Outcome.Adopted or Outcome.Rejected)
            || session.Motions.Find(m => m.Id == vote.Motion) is not { } motion
        )
            return null;
        var isAdopted = outcome == Outcome.Adopted;
        if (motion.Amendments.Find(a => a.Id == vote.Amendment) is { } amendment)
        {
            amendment.State = isAdopted ? AmendmentState.Adopted : AmendmentState.Rejected;
            if (isAdopted)
                motion.Revise(amendment);
            return motion.Fell();
        }
        motion.State = isAdopted ? MotionState.Adopted : MotionState.Rejected;
        if (isAdopted)
            await Adopt(session, motion, vote, figures, acting, cancel);
        await notices.SendAsync(session, motion, acting, cancel);
        return null;
    }

    private async Task Adopt(
        Session session,
        Motion motion,
        Vote vote,
        VoteFigures? figures,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var wording = motion.Consolidated();
        var resolution = await resolutions.Adopt(
            new(
                wording.IsEmpty ? motion.Title : wording,
                session.Title,
                PartialDate.On(session.Day),
                session.Reference,
                vote.Number
            )
            {
                For = figures?.Yes,
                Against = figures?.No,
                Abstentions = figures?.Abstentions,
                Sha256 = vote.Sha256,
                Mandates = motion.Mandates,
                About = motion.Deciding is null ? null : motion.About,
            },
            acting,
            cancel
        );
        motion.Resolution = resolution;
        if (motion is { About: { } about, Decidable: { } key })
            await decidables
                .Get(key)
                .AdoptAsync(new(about, PartialDate.On(session.Day), resolution, vote.Sha256), acting, cancel);
    }
}
