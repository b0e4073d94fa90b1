using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;

namespace Plenaria.Experiences.Import;

/// <summary>Stores many new practices at once, with their first revisions, the register and the journal.</summary>
internal sealed class ExperienceBulk(Bulk bulk, Register register)
{
    /// <summary>Within a transaction of the caller.</summary>
    public async Task InsertAsync(List<Experience> made, OperationContext acting, CancellationToken cancel)
    {
        await bulk.Insert(made, cancel);
        await bulk.Insert(
            made.ConvertAll(e => new ExperienceRevision
            {
                Experience = e.Id,
                Number = 1,
                At = acting.At,
                Texts = ExperienceStore.Texts(e),
            }),
            cancel
        );
        await register.PublishBulk(
            bulk,
            made.FindAll(e => e.IsPublic)
                .ConvertAll(e =>
                    ExperienceStore.Publication(e) is var (publication, body)
                        ? (publication, body, Audience.Public)
                        : default
                ),
            cancel
        );
        await Journal.AppendBulk(
            bulk,
            acting,
            made.ConvertAll(e =>
                (e.Stream, "experiences.imported", (object)new { title = e.Title.ToString(), source = e.SourceKey })
            ),
            cancel
        );
    }
}
