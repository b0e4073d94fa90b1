using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Jobs;

/// <summary>
/// Takes away what nobody needs any more and what would keep people's addresses for nothing: used links, files of forms
/// that were refused.
/// </summary>
internal static class ExpiredRowsJob
{
    private static readonly TimeSpan Requests = TimeSpan.FromDays(7);

    public static async Task Run(IServiceProvider services, CancellationToken cancel)
    {
        var (db, now) = (
            services.GetRequiredService<PlenariaDb>(),
            services.GetRequiredService<TimeProvider>().GetUtcNow()
        );
        var (requests, forms) = (now - Requests, now - SubmittedForm.KeptFor);
        await db.InTransactionAsync(
            async () =>
            {
                await db.Set<SignInRequest>().Where(r => r.ExpiresAt < requests).ExecuteDeleteAsync(cancel);
                await db.Set<SubmittedForm>().Where(f => f.At < forms).ExecuteDeleteAsync(cancel);
                await db.Set<SignInSession>()
                    .Where(s => s.EndsAt < requests || s.EndedAt < requests)
                    .ExecuteDeleteAsync(cancel);
            },
            cancel
        );
        // What was erased stands in the log of writes until that is moved into the file.
        await db.EmptyWriteLogAsync(cancel);
        await services.GetRequiredService<FileStore>().Sweep(cancel);
    }
}
