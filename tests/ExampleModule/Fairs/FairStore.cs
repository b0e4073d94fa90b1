using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;
using Plenaria.Sessions;

namespace Plenaria.ExampleModule;

/// <summary>Reads and writes fairs.</summary>
internal sealed class FairStore(PlenariaDb db, Journal journal, Register register, Network network)
{
    public const string ReferenceLetters = "FAIR",
        Kind = "fair";

    public Task<List<Fair>> AllAsync(CancellationToken cancel) =>
        db.Set<Fair>().AsNoTracking().OrderBy(f => f.Id).ToListAsync(cancel);

    /// <exception cref="RuleViolationException">There is none.</exception>
    public async Task<Fair> GetAsync(Reference reference, CancellationToken cancel) =>
        await db.Set<Fair>().SingleOrDefaultAsync(f => f.Reference == reference, cancel)
        ?? throw new RuleViolationException("platform.changed-meanwhile");

    /// <summary>The fair of this reference, however it is written.</summary>
    public async Task<Fair?> FindAsync(string reference, CancellationToken cancel) =>
        Reference.TryParse(reference, null, out var known)
            ? await db.Set<Fair>().SingleOrDefaultAsync(f => f.Reference == known, cancel)
            : null;

    public async Task<Fair> AddAsync(LocalizedText title, OperationContext acting, CancellationToken cancel)
    {
        acting.Require(ExampleModule.Edit);
        var prefix = (await network.Profile(cancel)).Prefix;
        var fair = new Fair
        {
            Id = Guid.CreateVersion7(acting.At),
            Title = title,
            Reference = await db.Set<Fair>()
                .Select(f => f.Reference)
                .NextAsync(number => Reference.Of(prefix, ReferenceLetters, number), cancel),
        };
        db.Add(fair);
        await register.Publish(
            new(fair.Reference, Kind, "/fairs", title, LocalizedText.Empty),
            LocalizedText.Empty,
            Audience.Public,
            cancel
        );
        journal.Append(acting, fair.Stream, "fairs.added", fair.Reference, new { title = title.ToString() });
        await db.SaveChangesAsync(cancel);
        return fair;
    }

    /// <summary>Saved with the caller's change.</summary>
    public async Task DecideAsync(SessionDecision decision, OperationContext acting, CancellationToken cancel)
    {
        var fair = await db.Set<Fair>().SingleAsync(f => f.Id == decision.Body.Id, cancel);
        if (fair.Decided is not null)
            throw new RuleViolationException("fairs.decided-already", ("title", fair.Title));
        fair.Decided = $"{decision.Session}/{decision.Motion} {(decision.IsAdopted ? "adopted" : "rejected")}";
        journal.Append(acting, fair.Stream, "fairs.decided", fair.Reference, new { fair.Decided });
    }

    /// <summary>Somebody asked for a stand. Saved with the caller's change.</summary>
    public void AddStand(Fair fair, string shows, OperationContext acting)
    {
        fair.Stands++;
        journal.Append(acting, fair.Stream, "fairs.stand-asked", fair.Reference, new { shows });
    }

    /// <summary>Saved with the caller's change.</summary>
    public void Approve(Fair fair, Reference resolution, OperationContext acting)
    {
        fair.ApprovedBy = resolution;
        journal.Append(acting, fair.Stream, "fairs.approved", fair.Reference, new { by = resolution.ToString() });
    }
}
