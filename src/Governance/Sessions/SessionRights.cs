using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;

namespace Plenaria.Sessions;

/// <summary>Bodies whose sessions are somebody's to plan and conduct, for queries.</summary>
/// <param name="IsAll">Those of all kinds, also of modules that are switched off.</param>
/// <param name="Kinds">All of these kinds.</param>
/// <param name="Ids">Beside these, single ones.</param>
internal sealed record OwnBodies(bool IsAll, IReadOnlyCollection<string> Kinds, IReadOnlyCollection<Guid> Ids);

/// <summary>
/// Who plans and conducts the sessions of a body: whoever its module says, where they hold that role. Those of a module
/// that is gone are the Secretariat's.
/// </summary>
internal static class SessionRights
{
    public static bool CanLead(this OperationContext acting, BodyKey body) =>
        acting.Can(PermissionFor(body, acting.Rights), body.Owner);

    public static bool MayLead(this CurrentUser visitor, BodyKey body) => visitor.Acting().CanLead(body);

    /// <exception cref="ForbiddenException">The body is not theirs.</exception>
    public static void RequireLead(this OperationContext acting, BodyKey body) =>
        acting.Require(PermissionFor(body, acting.Rights), body.Owner);

    public static async Task<OwnBodies> FindBodiesAsync(
        this CurrentUser visitor,
        BodyService bodies,
        CancellationToken cancel
    )
    {
        var kinds = (await bodies.KindsAsync(cancel)).Select(k => k.Key).ToList();
        return new(
            visitor.May(SessionsModule.Network),
            [.. kinds.Where(k => visitor.May(new BodyKey(k).Permission, Scope.Everywhere))],
            [
                .. visitor
                    .Who.Grants.Select(g => g.Scope.Id)
                    .Where(id => id != Guid.Empty && kinds.Exists(k => visitor.MayLead(new(k, id)))),
            ]
        );
    }

    private static string PermissionFor(BodyKey body, PermissionCatalog rights) =>
        rights.Has(body.Permission) ? body.Permission : SessionsModule.Network;
}
