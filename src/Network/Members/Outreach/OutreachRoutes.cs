using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Documents;
using static Plenaria.Platform.Site.ApiJson;

namespace Plenaria.Members.Outreach;

/// <summary>The list of prospects as a file, narrowed as the page is.</summary>
internal static class OutreachRoutes
{
    private const int PageSize = 200;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/{lang:lang}/outreach.csv", File).RequireAuthorization(new AllowAttribute(MembersModule.Outreach));

    private static async Task<IResult> File(
        string lang,
        [AsParameters] OutreachQuery query,
        OutreachStore outreach,
        Territory territory,
        CurrentUser visitor,
        CancellationToken cancel
    )
    {
        var reader = Language.Parse(lang);
        var filter = query.For(visitor, await territory.Of(visitor.Acting(), cancel));
        var owners = await outreach.Colleagues(cancel);
        return Results.Stream(
            async body =>
            {
                string? after = null;
                var isFirst = true;
                do
                {
                    var page = await outreach.List(filter, after, PageSize, default);
                    var rows = page.Select(l =>
                        (string?[])
                            [
                                l.Member.Slug,
                                l.Member.Name.For(reader),
                                Word(l.Member.Kind),
                                l.Member.Country,
                                l.Member.Region,
                                Word(l.Member.Status),
                                Word(l.Prospect.Stage),
                                l.Prospect.StageSince.ToString("O"),
                                Word(l.Prospect.Source),
                                l.Prospect.SourceNote,
                                l.Prospect.Owner is { } owner
                                    ? owners.GetValueOrDefault(owner, owner.ToString())
                                    : null,
                                l.Prospect.NextStep,
                                l.Prospect.NextOn?.ToString("O"),
                            ]
                    );
                    await body.WriteAsync(
                        Csv.Write(
                            isFirst
                                ? rows.Prepend([
                                    "slug",
                                    "name",
                                    "kind",
                                    "country",
                                    "region",
                                    "status",
                                    "stage",
                                    "stageSince",
                                    "source",
                                    "sourceNote",
                                    "owner",
                                    "nextStep",
                                    "nextOn",
                                ])
                                : rows,
                            isStart: isFirst
                        )
                    );
                    (after, isFirst) = (page.Count == PageSize ? page[^1].Member.Slug : null, false);
                } while (after is not null);
            },
            Csv.MediaType,
            $"outreach.{lang}.csv"
        );
    }
}
