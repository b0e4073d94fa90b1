using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Thesaurus;

namespace Plenaria.Tests.Knowledge.Experiences;

public class ThesaurusTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static Task<ThesaurusImport> Import(TestHost house, string skos, bool dryRun = false) =>
        house.Within(s =>
            s.GetRequiredService<ThesaurusEditor>()
                .Import(new MemoryStream(Encoding.UTF8.GetBytes(skos)), dryRun, house.Acting(), default)
        );

    [Theory, BothDatabases]
    public async Task What_goes_out_as_SKOS_comes_back_unchanged_and_a_change_in_the_file_is_a_change_here(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var skos = (await house.Visit().Get("/thesaurus.rdf")).Body;
        var same = await Import(house, skos);
        Assert.Equal((0, 0, 0), (same.Taken, same.Changed, same.Refused.Count));
        Assert.True(same.Unchanged > 500);
        var at = skos.IndexOf(
            ">Participatory budgeting<",
            skos.IndexOf("practices:participatory-budgeting", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        var other = skos[..at] + ">Budgeting together<" + skos[(at + ">Participatory budgeting<".Length)..];
        Assert.Equal(1, (await Import(house, other, dryRun: true)).Changed);
        Assert.Contains(
            "Participatory budgeting",
            (await house.Visit().Get("/en/thesaurus/practices/participatory-budgeting")).Text("h1")
        );
        Assert.Equal(1, (await Import(house, other)).Changed);
        Assert.Contains(
            "Budgeting together",
            (await house.Visit().Get("/en/thesaurus/practices/participatory-budgeting")).Text("h1")
        );
        foreach (
            var (bad, rule) in ((string, string)[])
                [
                    ("no xml", "thesaurus.import.not-rdf"),
                    ("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>", "thesaurus.import.not-rdf"),
                    ("<x/>", "thesaurus.import.no-concepts"),
                ]
        )
            Assert.Equal(rule, (await Assert.ThrowsAsync<RuleViolationException>(() => Import(house, bad))).Key);
    }

    [Theory, BothDatabases]
    public async Task A_merged_term_leads_to_the_one_that_took_its_place_and_its_records_are_found_there(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(
                    "/en/thesaurus/practices/participatory-budgeting/edit",
                    "main form",
                    ("Input.ReplacedBy", "practices:referendum")
                )
            ).Status
        );
        var visitor = house.Visit();
        Assert.Contains(
            "referendum",
            (await visitor.Get("/en/thesaurus/practices/participatory-budgeting")).Text(".notice").ToLowerInvariant()
        );
        var found = await visitor.Get("/en/search?topic=practices:referendum");
        Assert.Contains("Fissel", found.Text(".results"));
        Assert.DoesNotContain(
            "participatory-budgeting",
            string.Join(
                ' ',
                (await visitor.Get("/en/thesaurus/practices"))
                    .Page.QuerySelectorAll(".terms a")
                    .Select(a => a.GetAttribute("href"))
            )
        );
    }

    [Theory, BothDatabases]
    public async Task A_term_is_added_once_never_wider_than_itself_and_of_two_who_edit_it_the_second_is_told(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var (one, other) = (await house.Visit(Role.Staff), await house.Visit(Role.Staff));
        var label = $"Night walk {Guid.NewGuid():N}"[..20];
        var added = await one.Submit("/en/thesaurus/practices", "main form", ("Input.Label", label));
        Assert.Equal(HttpStatusCode.Redirect, added.Status);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await other.Submit("/en/thesaurus/practices", "main form", ("Input.Label", label))).Status
        );
        var code = added.Location!.Split('/')[^2];
        var (first, second) = (await one.Get(added.Location), await other.Get(added.Location));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await one.Submit(
                    first,
                    "main form",
                    ("Input.Labels[3]", "Marche de nuit"),
                    ("Input.Broader", "method-types:participatory-arts")
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await other.Submit(second, "main form", ("Input.Labels[3]", "Promenade"))).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await one.Submit(added.Location, "main form", ("Input.Broader", $"practices:{code}"))).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await one.Submit(added.Location, "main form", ("Input.Broader", "practices:nowhere"))).Status
        );
        // Wider than a term that is wider than it.
        var below = (
            await one.Submit(
                "/en/thesaurus/practices",
                "main form",
                ("Input.Label", label[..10] + " below" + label[^4..])
            )
        ).Location!;
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await one.Submit(below, "main form", ("Input.Broader", $"practices:{code}"))).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await one.Submit(added.Location, "main form", ("Input.Broader", $"practices:{below.Split('/')[^2]}"))
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await one.Submit(added.Location, "main form", ("Input.Goals", "18"))).Status
        );
        // Refused before it is read, by a rule of its field.
        var refused = await one.Submit(
            added.Location,
            "main form",
            ("Input.Goals", "SDG 11"),
            ("Input.Notes[0]", "Kept in spite of all.")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Kept in spite of all.", refused.Body);
        Assert.Contains("Marche de nuit", (await house.Visit().Get($"/fr/thesaurus/practices/{code}")).Text("h1"));
    }
}
