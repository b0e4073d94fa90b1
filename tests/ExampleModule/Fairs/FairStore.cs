using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.ExampleModule;

/// <summary>Reads and writes fairs.</summary>
internal sealed class FairStore(PlenariaDb db, Journal journal, Register register, Network network)
{
    public const string ReferenceLetters = "FAIR",
        Kind = "fair";

    public Task<List<Fair>> AllAsync(CancellationToken cancel) =>
        db.Set<Fair>().AsNoTracking().OrderBy(f => f.Id).ToListAsync(cancel);

    /// <exception cref="RuleBroken">There is none.</exception>
    public async Task<Fair> GetAsync(Reference reference, CancellationToken cancel) =>
        await db.Set<Fair>().SingleOrDefaultAsync(f => f.Reference == reference, cancel)
        ?? throw new RuleBroken("platform.changed-meanwhile");

    public async Task<Fair> AddAsync(LocalizedText title, Acting acting, CancellationToken cancel)
    {
        acting.Demand(ExampleModule.Edit);
        var prefix = (await network.Profile(cancel)).Prefix;
        var fair = new Fair
        {
            Id = Guid.CreateVersion7(acting.When),
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
        journal.Record(acting, fair.Stream, "fairs.added", fair.Reference, new { title = title.ToString() });
        await db.SaveChangesAsync(cancel);
        return fair;
    }

    /// <summary>Saved with the caller's change.</summary>
    public void Approve(Fair fair, Reference resolution, Acting acting)
    {
        fair.ApprovedBy = resolution;
        journal.Record(acting, fair.Stream, "fairs.approved", fair.Reference, new { by = resolution.ToString() });
    }
}
