using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Plenaria.Platform.Site;

namespace Plenaria.Thesaurus;

/// <summary>The vocabularies of the network.</summary>
[AllowAnonymous, Cacheable]
internal sealed class IndexModel(ThesaurusService thesaurus) : PageModel
{
    public Vocabulary Vocabulary { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel) => Vocabulary = await thesaurus.Read(cancel);

    /// <summary>All of it as one file.</summary>
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/thesaurus.rdf",
                async (HttpContext context, ThesaurusService thesaurus, CancellationToken cancel) =>
                {
                    using var bytes = new MemoryStream();
                    Skos.Write(await thesaurus.Read(cancel), $"{context.Request.Scheme}://{context.Request.Host}")
                        .Save(bytes);
                    return Results.Bytes(bytes.ToArray(), "application/rdf+xml");
                }
            )
            .AllowAnonymous();
}
