using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions;

/// <summary>What a body decided about a motion.</summary>
/// <param name="Motion">Its number in the session.</param>
/// <param name="Wording">As it was put to the vote, with the amendments that were adopted; may be empty.</param>
/// <param name="Resolution">The decision among the network's resolutions; null of a rejected motion.</param>
public sealed record SessionDecision(
    BodyKey Body,
    Reference Session,
    PartialDate On,
    int Motion,
    LocalizedText Title,
    LocalizedText Wording,
    bool IsAdopted,
    Reference? Resolution
);

/// <summary>
/// A module is told what its bodies decide, in the transaction that closes the vote: what it throws leaves the vote
/// open. Declared with <see cref="SessionsExtensions.SessionDecisions{T}"/>.
/// </summary>
public interface ISessionDecisions
{
    /// <summary>Saved with the caller's change.</summary>
    Task TellAsync(SessionDecision decision, OperationContext acting, CancellationToken cancel);
}

public static class SessionsExtensions
{
    /// <summary>Roles of this module that plan and conduct sessions of its bodies on the pages of Sessions.</summary>
    public static ModuleBuilder SessionRoles(this ModuleBuilder module, params IReadOnlyCollection<Role> roles) =>
        module
            .AddRoles(SessionsModule.Prepare, roles)
            .AddRoles(SessionsModule.Conduct, roles)
            .AddRoles(SessionsModule.TakePart, roles);

    /// <summary>Whom to tell what the bodies of this module decide.</summary>
    public static ModuleBuilder SessionDecisions<T>(this ModuleBuilder module)
        where T : class, ISessionDecisions => module.Contribute<ISessionDecisions, T>();
}

/// <summary>Tells the module that owns a body, and no other.</summary>
internal sealed class DecisionNotices(BodyService bodies, Contributions contributions)
{
    public async Task SendAsync(Session session, Motion motion, OperationContext acting, CancellationToken cancel)
    {
        if (await bodies.FindKindAsync(session.Body, cancel) is not { } kind)
            return;
        var decision = new SessionDecision(
            session.Body,
            session.Reference,
            PartialDate.On(session.Day),
            motion.Number,
            motion.Title,
            motion.Consolidated(),
            motion.State == MotionState.Adopted,
            motion.Resolution
        );
        foreach (var told in await contributions.GetAsync<ISessionDecisions>(cancel))
            if (told.GetType().Assembly == kind.Implementation.Assembly)
                await told.TellAsync(decision, acting, cancel);
    }
}
