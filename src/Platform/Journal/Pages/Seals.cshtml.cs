using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Journal.Pages;

/// <summary>The seals of the journal, for anybody to keep.</summary>
[AllowAnonymous, Cacheable]
internal sealed class SealsModel(Seals seals) : PageModel
{
    private const int Most = 48;

    public IReadOnlyList<JournalSeal> Newest { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Unkept(HttpContext);
        Newest = await seals.Newest(Most, cancel);
    }

    // A seal is no change of the network's affairs, so that what is kept of pages does not know of it.
    private static void Unkept(HttpContext context) => context.Response.Headers.CacheControl = "no-store";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/{lang:lang}/seals.atom",
                async (HttpContext context, Seals seals, Network network, PageLocalizer t, CancellationToken cancel) =>
                {
                    Unkept(context);
                    var newest = await seals.Newest(Most, cancel);
                    return await AtomFeed.Write(
                        context,
                        t.Language,
                        (await network.Profile(cancel)).Name.For(t.Language),
                        t["journal.seals"],
                        $"/{t.Language}/seals",
                        "/seals",
                        newest.FirstOrDefault()?.At ?? DateTimeOffset.UnixEpoch,
                        newest.Select(s => new FeedEntry(
                            $"urn:sha256:{s.RootText}",
                            s.RootText,
                            t["journal.seals.entry", ("number", s.Number), ("root", s.RootText)],
                            s.At,
                            $"/{t.Language}/seals"
                        ))
                    );
                }
            )
            .AllowAnonymous();
}
