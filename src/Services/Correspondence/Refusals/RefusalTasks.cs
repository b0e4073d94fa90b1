using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Correspondence;

/// <summary>A domain that refuses the network's letters is for people to speak to.</summary>
internal sealed class RefusalTasks(PlenariaDb db, Localizer texts) : ITaskSource
{
    public async Task<IReadOnlyList<Waiting>> For(
        CurrentUser visitor,
        Kernel.Language language,
        CancellationToken cancel
    )
    {
        if (!visitor.May(CorrespondenceModule.Manage))
            return [];
        var domains = await db.Set<RefusingDomain>().AsNoTracking().OrderBy(d => d.Since).Take(20).ToListAsync(cancel);
        return
        [
            .. domains.Select(d => new Waiting(
                texts.Get(language, "mail.refusing.task", ("domain", d.Domain)),
                "/administration/mail#refusing",
                null,
                d.Answer
            )),
        ];
    }
}
