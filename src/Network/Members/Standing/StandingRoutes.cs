using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Documents.Printing;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Standing;

/// <summary>What a member takes home: the certificate that it belongs, the badge for its web site, its card.</summary>
internal static class StandingRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/{lang:lang}/members/{slug}/certificate.pdf", Certificate)
            .RequireAuthorization(new AllowAttribute(MembersModule.Represent));
        app.MapGet("/{lang:lang}/badge.svg", Badge).AllowAnonymous().MayBeCached();
        app.MapGet("/{lang:lang}/members/{slug}.vcf", Card).AllowAnonymous();
    }

    private static async Task<IResult> Certificate(
        string slug,
        HttpContext context,
        MemberStore members,
        RepresentationService representing,
        Network network,
        RenderedDocuments rendered,
        PageLocalizer t,
        CancellationToken cancel
    )
    {
        if (await members.Find(slug, cancel) is not { IsPresent: true } member)
            return Results.NotFound();
        await representing.For(member, cancel);
        var profile = await network.Profile(cancel);
        var link = $"{context.Request.Scheme}://{context.Request.Host}/{t.Language}{member.Path}";
        var document = CertificateOf(member, profile, members.Today, t, link);
        var bytes = await rendered.Make(key: null, () => rendered.Print(document), cancel);
        return Results.File(bytes, "application/pdf", $"{slug}.pdf");
    }

    private static Document CertificateOf(
        Member member,
        NetworkProfile profile,
        DateOnly today,
        PageLocalizer t,
        string link
    )
    {
        (string, object?)[] values =
        [
            ("name", member.Name),
            ("network", profile.Name),
            ("class", t.Within("members.class", member.Class)),
            ("date", member.Since),
            ("today", today),
        ];
        return new(
            t["members.certificate.title"],
            t.Language,
            [
                new Paragraph(
                    t[member.Since is null ? "members.certificate.says" : "members.certificate.says-since", values]
                ),
                new Paragraph(profile.Purpose.For(t.Language)),
                new Paragraph(t["members.certificate.date", values], IsQuiet: true),
                new SignatureBlock([(t["members.certificate.signed"], profile.Name.For(t.Language))]),
            ]
        )
        {
            Subtitle = member.Name.For(t.Language),
            Link = link,
            Footer = profile.Name.For(t.Language),
        };
    }

    /// <summary>
    /// "Member of …", drawn: sharp at every size, in the reader's language, with nothing loaded from elsewhere.
    /// </summary>
    private static async Task<IResult> Badge(Network network, PageLocalizer t, CancellationToken cancel)
    {
        var name = (await network.Profile(cancel)).ShortName;
        var (above, width) = (t["members.badge"], Math.Max(150, 62 + 13 * name.Length));
        string Encode(string text) => HtmlEncoder.Default.Encode(text);
        var svg =
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"56\" viewBox=\"0 0 {width} 56\" role=\"img\"><title>{Encode($"{above} {name}")}</title><rect width=\"{width}\" height=\"56\" rx=\"4\" fill=\"#1f4e5f\"/><rect x=\"12\" y=\"14\" width=\"12\" height=\"12\" fill=\"#fff\"/><rect x=\"28\" y=\"30\" width=\"12\" height=\"12\" fill=\"#fff\"/><text x=\"52\" y=\"22\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#fff\">{Encode(above)}</text><text x=\"52\" y=\"44\" font-family=\"sans-serif\" font-size=\"20\" font-weight=\"700\" fill=\"#fff\">{Encode(name)}</text></svg>";
        return Results.Text(svg, "image/svg+xml", Encoding.UTF8);
    }

    private static async Task<IResult> Card(
        string slug,
        HttpContext context,
        MemberStore members,
        PeopleStore people,
        PageLocalizer t,
        CancellationToken cancel
    )
    {
        if (await members.Find(slug, cancel) is not { Status: MemberStatus.Member or MemberStatus.Former } member)
            return Results.NotFound();
        var shown = (await people.Of(member.Id, cancel)).Where(p => p.Role.IsPresent && p.Person.ShowsName);
        return Results.File(
            VCard.Write(member, shown, t.Language, $"{context.Request.Scheme}://{context.Request.Host}"),
            VCard.MediaType,
            $"{slug}.vcf"
        );
    }
}
