using Plenaria.Ballots.Rules;
using Plenaria.Plans;
using Plenaria.Platform.Access;
using Plenaria.Sessions.Live;

namespace Plenaria.Sessions;

/// <summary>What follows when a motion is adopted: it becomes a resolution, in the same transaction.</summary>
internal sealed class Adoption(IResolutions resolutions)
{
    public async Task Adopt(Session session, Motion motion, Vote vote, VoteFigures? figures, Acting acting, CancellationToken cancel)
    {
        motion.State = MotionState.Adopted;
        motion.Resolution = await resolutions.Adopt(new(motion.Text.IsEmpty ? motion.Title : motion.Text, session.Title, PartialDate.On(session.Day), session.Reference, vote.Number)
        {
            For = figures?.Yes, Against = figures?.No, Abstentions = figures?.Abstentions,
        }, acting, cancel);
    }
}
