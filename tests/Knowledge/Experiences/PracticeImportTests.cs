using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Experiences;
using Plenaria.Imports;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Knowledge.Experiences;

/// <summary>Practices from a spreadsheet of one's own, through the pages and the command's way.</summary>
public class PracticeImportTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private const string Headings = "Título;Resumen;Miembro;Ciudad;País;Año;Temas;Enlace;Idioma\n";

    private static Task<ImportResult> Import(TestHost house, string rows, bool isDryRun = false) =>
        house.Within(s =>
            s.GetRequiredService<ImportService>()
                .RunAsync(
                    new(
                        "experiences",
                        "practicas.csv",
                        new MemoryStream(Encoding.UTF8.GetBytes(Headings + rows)),
                        Language.Spanish
                    ),
                    isDryRun,
                    house.Acting(),
                    default
                )
        );

    private static Task<Experience> Find(TestHost house, string slug) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>().Set<Experience>().AsNoTracking().SingleAsync(e => e.Slug == slug)
        );

    [Theory, BothDatabases]
    public async Task A_table_of_practices_is_compared_taken_over_and_known_again(Provider provider)
    {
        var house = await houses.On(provider);
        const string rows =
            "Jurado del agua;Un jurado decide.;;Villa Agua;España;2019;presupuesto participativo|disparates;https://agua.example.org;\n"
            + "Sem resumo do rio;;;;Portugal;2020-05;;;Português\n"
            + "Jurado del agua;Otra vez.;;;España;;;;\n"
            + ";Sin título;;;España;;;;\n"
            + "Mal año;x;;;España;ayer;;;Klingon\n";
        var dry = await Import(house, rows, isDryRun: true);
        Assert.Equal((2, 0, 0), (dry.Taken, dry.Changed, dry.Unchanged));
        Assert.Equal(
            [
                "4 title imports.twice",
                "5 title experiences.title-missing",
                "6 language experiences.import.language",
                "6 year site.date-form",
            ],
            dry.Refused.Select(r => $"{r.Row} {r.Column} {r.Rule}")
        );
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/es/experiences/jurado-del-agua")).Status);
        var taken = await Import(house, rows);
        Assert.Equal((2, 0, 0), (taken.Taken, taken.Changed, taken.Unchanged));
        var jury = await Find(house, "jurado-del-agua");
        Assert.Equal(
            ("Villa Agua", "ES", "2019", EditorialState.Published),
            (jury.City, jury.Country, jury.Start.ToString(), jury.State)
        );
        Assert.Single(jury.Terms);
        Assert.Equal("https://agua.example.org", Assert.Single(jury.Media).Url!.TrimEnd('/'));
        Assert.Contains("disparates", taken.Notes.Single().Choices!(Language.Spanish));
        // Without a summary there is nothing for readers yet.
        var river = await Find(house, "sem-resumo-do-rio");
        Assert.Equal((EditorialState.Draft, Language.Portuguese), (river.State, river.Title.Source));
        Assert.Contains("Jurado del agua", (await house.Visit().Get("/es/experiences?q=jurado+agua")).Text("main"));
        // The same file again changes nothing; another says what it changes, and what it leaves empty stays.
        var again = await Import(house, rows);
        Assert.Equal((0, 0, 2), (again.Taken, again.Changed, again.Unchanged));
        var changed = await Import(house, "Jurado del agua;Un jurado de vecinas decide.;;;España;;;;\n");
        var change = Assert.Single(Assert.Single(changed.Rows).Changes);
        Assert.Equal(
            ("summary", "Un jurado decide.", "Un jurado de vecinas decide."),
            (change.Column, change.Before, change.After)
        );
        var after = await Find(house, "jurado-del-agua");
        Assert.Equal(("Villa Agua", "Un jurado de vecinas decide."), (after.City, after.Summary.ToString()));
    }

    [Theory, BothDatabases]
    public async Task A_practice_that_was_written_by_hand_is_known_by_its_title_and_country(Provider provider)
    {
        var house = await houses.On(provider);
        await house.Within(async services =>
        {
            var (store, acting) = (services.GetRequiredService<ExperienceStore>(), house.Acting());
            var written = await store.New(LocalizedText.Original(Language.Spanish, "Escrita a mano"), acting, default);
            await store.Change(written, "experiences.begun", acting, () => written.Country = "MX", default);
        });
        var result = await Import(house, "ESCRITA A MANO;;;;México;;;;\nEscrita a mano;;;;Chile;;;;\n");
        Assert.Equal((1, 1), (result.Taken, result.Unchanged));
    }

    [Theory, BothDatabases]
    public async Task A_member_is_the_owner_and_says_where_it_is(Provider provider)
    {
        var house = await houses.On(provider);
        var member = await house.Within(async s =>
            (await s.GetRequiredService<Plenaria.Members.IMembers>().Present(null, default))[0]
        );
        var result = await Import(
            house,
            $"De un miembro;Resumen.;{member.Path.Split('/')[^1]};;;;;;\nDe nadie;;Nadie;;;;;;\n"
        );
        var owned = await Find(house, "de-un-miembro");
        Assert.Equal((member.Id, member.Country), (owned.Owner!.Value, owned.Country));
        Assert.Equal(
            ["3 member experiences.import.no-member"],
            result.Notes.Select(n => $"{n.Row} {n.Column} {n.Rule}")
        );
    }

    [Theory, BothDatabases]
    public async Task The_same_pages_import_practices_for_whoever_may_edit_them_everywhere(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var sent = await staff.Upload(
            await staff.Get("/en/import/experiences"),
            "main form",
            ("Document", "p.csv", Encoding.UTF8.GetBytes("Title,Summary,Country\nBy the pages,Short.,Chile\n")),
            ("WrittenIn", "en")
        );
        var review = await staff.Get(sent.Location!);
        Assert.Contains("By the pages", review.Text("[aria-labelledby=taken]"));
        Assert.Equal("/en/experiences", (await staff.Press(review, "main form", "Run")).Location);
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get("/en/experiences/by-the-pages")).Status);
        // A file of one kind is not there under the address of another.
        var elsewhere = sent.Location!.Replace("/experiences/", "/members/", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get(elsewhere)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get("/en/import/nothing")).Status);
        var member = await house.Visit(Role.Member);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.Get("/en/import/experiences")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.Get(sent.Location!)).Status);
    }
}
