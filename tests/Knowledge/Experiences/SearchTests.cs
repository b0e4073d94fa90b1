using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;
using Plenaria.Search;

namespace Plenaria.Tests.Knowledge.Experiences;

public class SearchTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static Task Publish(
        TestHost house,
        string reference,
        LocalizedText title,
        string? body = null,
        Audience audience = Audience.Public,
        string? place = null,
        params string[] topics
    ) =>
        house.Within(async services =>
        {
            await services
                .GetRequiredService<Register>()
                .Publish(
                    new(
                        Reference.Parse(reference),
                        "experience",
                        $"/experiences/{reference.ToLowerInvariant()}",
                        title,
                        LocalizedText.Empty
                    )
                    {
                        Place = place,
                        Topics = topics,
                    },
                    body is null ? LocalizedText.Empty : LocalizedText.Original(title.Source!.Value, body),
                    audience,
                    default
                );
            services
                .GetRequiredService<Journal>()
                .Append(house.Acting(), "test", "test.published", null, new { reference });
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });

    private static LocalizedText In(Language language, string text) => LocalizedText.Original(language, text);

    private static async Task<List<string>> Find(Browser visitor, string query) =>
        [
            .. JsonDocument
                .Parse((await visitor.Get($"/api/v1/search?{query}")).Body)
                .RootElement.GetProperty("results")
                .EnumerateArray()
                .Select(r => r.GetProperty("reference").GetString()!),
        ];

    [Theory, BothDatabases]
    public async Task A_Spanish_search_finds_what_is_written_or_described_in_other_languages_and_says_why(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider, withSample: false);
        await Publish(house, "T-FR", In(Language.French, "Les budgets participatifs de la ville"));
        await Publish(
            house,
            "T-EN",
            In(Language.English, "A story"),
            "Years of participatory budgeting changed the town."
        );
        await Publish(house, "T-TOPIC", In(Language.Catalan, "Un relat"), topics: "practices:participatory-budgeting");
        await Publish(house, "T-OTHER", In(Language.English, "Budget of the library"));
        var visitor = house.Visit();
        var found = await Find(visitor, "q=presupuesto+participativo&lang=es");
        Assert.Superset(new HashSet<string> { "T-FR", "T-EN", "T-TOPIC" }, found.ToHashSet());
        Assert.DoesNotContain("T-OTHER", found);
        var page = await visitor.Get("/es/search?q=presupuesto+participativo");
        Assert.Contains("Presupuesto participativo", page.Text(".widened"));
        Assert.Contains(
            "participatory budgeting",
            page.Text("mark") + string.Join(' ', page.Page.QuerySelectorAll("mark").Select(m => m.TextContent))
        );
        var narrow = page.Page.QuerySelector(".widened .state a:last-child")!.GetAttribute("href")!;
        Assert.DoesNotContain("Presupuesto participativo", (await visitor.Get(narrow)).Text(".widened"));
        Assert.DoesNotContain(
            "T-TOPIC",
            await Find(visitor, narrow[(narrow.IndexOf('?', StringComparison.Ordinal) + 1)..] + "&lang=es")
        );
        Assert.DoesNotContain("T-FR", await Find(visitor, "q=presupuesto+participativo&lang=es&without=*"));
    }

    [Theory, BothDatabases]
    public async Task Accents_endings_articles_and_typing_errors_do_not_matter_in_any_language(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await Publish(house, "T-ES", In(Language.Spanish, "Presupuestación y evaluación vecinal"));
        await Publish(house, "T-CA", In(Language.Catalan, "L’avaluació dels pressupostos"));
        await Publish(house, "T-FR", In(Language.French, "L'évaluation des quartiers"));
        await Publish(house, "T-PT", In(Language.Portuguese, "Avaliações dos orçamentos"));
        await Publish(house, "T-EN", In(Language.English, "Evaluating neighbourhoods"));
        var visitor = house.Visit();
        foreach (
            var (query, reference) in ((string, string)[])
                [
                    ("evaluacion", "T-ES"),
                    ("EVALUACIONES", "T-ES"),
                    ("avaluacio", "T-CA"),
                    ("pressupost", "T-CA"),
                    ("evaluation", "T-FR"),
                    ("évaluations", "T-FR"),
                    ("quartier", "T-FR"),
                    ("orcamento", "T-PT"),
                    ("avaliação", "T-PT"),
                    ("neighbourhood", "T-EN"),
                    ("evaluates", "T-EN"),
                ]
        )
            Assert.True(
                (await Find(visitor, $"q={Uri.EscapeDataString(query)}&without=*")).Contains(reference),
                $"{query} does not find {reference}"
            );
        Assert.Contains("neighbourhoods", (await visitor.Get("/en/search?q=neighbourhods")).Text(".notice"));
        Assert.Equal(["T-ES"], await Find(visitor, "q=" + Uri.EscapeDataString("\"evaluación vecinal\"")));
        Assert.Empty(await Find(visitor, "q=" + Uri.EscapeDataString("\"vecinal evaluación\"")));
        Assert.DoesNotContain("T-ES", await Find(visitor, "q=" + Uri.EscapeDataString("evaluación -vecinal")));
    }

    [Theory, BothDatabases]
    public async Task What_is_not_for_a_reader_is_not_found_by_them_and_what_was_withdrawn_by_nobody(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await Publish(house, "T-ALL", In(Language.English, "Zanzibar for everybody"));
        await Publish(house, "T-NET", In(Language.English, "Zanzibar for the network"), audience: Audience.Network);
        await Publish(house, "T-STAFF", In(Language.English, "Zanzibar for the Secretariat"), audience: Audience.Staff);
        async Task<string> Seen(Browser who) =>
            string.Join(' ', (await Find(who, "q=zanzibar")).Order(StringComparer.Ordinal));
        var (anyone, city, staff) = (house.Visit(), await house.Visit(Role.Member), await house.Visit(Role.Staff));
        Assert.Equal("T-ALL", await Seen(anyone));
        Assert.Equal("T-ALL T-NET", await Seen(city));
        Assert.Equal("T-ALL T-NET T-STAFF", await Seen(staff));
        foreach (
            var path in (string[])
                ["/feed.atom?q=zanzibar", "/en/search.atom?q=zanzibar", "/oai?verb=ListRecords&metadataPrefix=oai_dc"]
        )
            Assert.DoesNotContain(
                "Secretariat</",
                (await anyone.Get(path)).Body.Replace("Technical Secretariat", "", StringComparison.Ordinal)
            );
        await house.Within(async services =>
        {
            await services.GetRequiredService<Register>().Withdraw(Reference.Parse("T-ALL"), default);
            services.GetRequiredService<Journal>().Append(house.Acting(), "test", "test.withdrawn", null, new { });
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });
        Assert.Equal("", await Seen(anyone));
        Assert.Equal("T-NET T-STAFF", await Seen(staff));
    }

    [Fact]
    public async Task Both_databases_put_the_same_results_in_the_same_order()
    {
        var orders = new List<string>();
        foreach (var provider in Enum.GetValues<Provider>())
        {
            await using var house = await TestHost.Open(provider, withSample: false);
            var random = new Random(4711);
            string[] words =
            [
                "water",
                "market",
                "assembly",
                "youth",
                "street",
                "council",
                "vote",
                "school",
                "river",
                "map",
            ];
            for (var i = 0; i < 120; i++)
                await Publish(
                    house,
                    $"T-{i:000}",
                    In(
                        Language.All[i % 5],
                        string.Join(' ', Enumerable.Range(0, 4).Select(_ => words[random.Next(10)]))
                    ),
                    string.Join(' ', Enumerable.Range(0, 40).Select(_ => words[random.Next(10)])),
                    place: i % 3 == 0 ? "SN" : "BR"
                );
            var visitor = house.Visit();
            var found = new List<string>();
            foreach (
                var query in (string[])
                    ["q=water", "q=market+street", "q=youth&place=SN", "order=newest", "q=river&page=2"]
            )
                found.AddRange(await Find(visitor, query));
            orders.Add(string.Join(' ', found));
        }
        Assert.Equal(orders[0], orders[1]);
        Assert.True(orders[0].Length > 200);
    }

    [Theory, BothDatabases]
    public async Task No_number_beside_a_choice_leads_to_another_number_of_results(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        for (var i = 0; i < 40; i++)
            await Publish(
                house,
                $"T-{i:00}",
                In(Language.All[i % 5], $"Kilimanjaro {i}"),
                place: (string[])["SN", "BR", "FR"] is var places ? places[i % 3] : null,
                topics: i % 2 == 0 ? ["issues:health"] : ["issues:education", "topics:affordable-housing"]
            );
        var visitor = house.Visit();
        foreach (
            var start in (string[])
                [
                    "/en/search?q=kilimanjaro",
                    "/en/search?q=kilimanjaro&place=SN",
                    "/en/search?q=kilimanjaro&place=SN&lang=fr",
                ]
        )
        {
            var page = await visitor.Get(start);
            var choices = page
                .Page.QuerySelectorAll(".facet a:not([aria-current])")
                .Select(a =>
                    (
                        Address: a.GetAttribute("href")!,
                        Count: int.Parse(a.QuerySelector(".number")!.TextContent, CultureInfo.InvariantCulture)
                    )
                )
                .ToList();
            Assert.True(choices.Count > 5);
            foreach (var group in page.Page.QuerySelectorAll(".facet"))
            {
                var hasChoice = group.QuerySelector("[aria-current]") is not null;
                foreach (var choice in group.QuerySelectorAll("a:not([aria-current])"))
                {
                    var count = int.Parse(choice.QuerySelector(".number")!.TextContent, CultureInfo.InvariantCulture);
                    var total = long.Parse(
                        (await visitor.Get(choice.GetAttribute("href")!)).Text("[role=status]").Split(' ')[0],
                        CultureInfo.InvariantCulture
                    );
                    // Within a facet that has a choice, another adds to it.
                    Assert.True(
                        hasChoice ? total >= count : total == count,
                        $"{choice.GetAttribute("href")}: {count} and {total}"
                    );
                }
            }
        }
    }

    /// <summary>Lets the index read one batch of entries for each release.</summary>
    private sealed class BatchGate : DbCommandInterceptor
    {
        public SemaphoreSlim Turn { get; } = new(0);

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            // The texts of a batch are a query of their own.
            if (
                command.CommandText.Contains(SearchIndex.BatchTag, StringComparison.Ordinal)
                && !command.CommandText.Contains("register_texts", StringComparison.Ordinal)
            )
                await Turn.WaitAsync(cancellationToken);
            return result;
        }
    }

    [Theory, BothDatabases]
    public async Task A_search_does_not_wait_for_an_import_to_be_taken_in_and_finds_the_newest_first(Provider provider)
    {
        var gate = new BatchGate();
        await using var house = await TestHost.Open(
            provider,
            withSample: false,
            replace: services =>
                services
                    .AddSingleton(new SearchIndexOptions(TimeSpan.Zero))
                    .ConfigureDbContext<PlenariaDb>(o => o.AddInterceptors(gate))
        );
        await Publish(house, "T-OLDEST", In(Language.English, "Zanzibar and Popocatepetl"));
        for (var n = 0; n < 448; n++)
            await Publish(house, $"T-{n:000}", In(Language.English, "Zanzibar"));
        await Publish(house, "T-NEWEST", In(Language.English, "Zanzibar and Titicaca"));
        var visitor = house.Visit();
        async Task<(int Pending, int Total)> Asked()
        {
            var answer = JsonDocument.Parse((await visitor.Get("/api/v1/search?q=zanzibar")).Body).RootElement;
            return (answer.GetProperty("pending").GetInt32(), answer.GetProperty("total").GetInt32());
        }
        async Task Until(int pending, int total)
        {
            var since = Stopwatch.GetTimestamp();
            var state = await Asked();
            while (state.Pending != pending && Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(30))
                state = await Asked();
            Assert.Equal((pending, total), state);
        }
        // Answered at once, while nothing could be taken in.
        Assert.Equal(0, (await Asked()).Total);
        var all = await house.Within(s => s.GetRequiredService<PlenariaDb>().Set<RegisterEntry>().CountAsync());
        await Until(all, 0);
        gate.Turn.Release();
        await Until(all - 200, 200);
        Assert.Equal(["T-NEWEST"], await Find(visitor, "q=titicaca"));
        Assert.Empty(await Find(visitor, "q=popocatepetl"));
        gate.Turn.Release(1_000);
        await Until(0, 450);
        Assert.Equal(["T-OLDEST"], await Find(visitor, "q=popocatepetl"));
        Assert.Empty(await house.Within(async s => await SearchIndex.Faults(s, default).ToListAsync()));
    }

    [Theory, BothDatabases]
    public async Task The_index_is_made_anew_where_it_is_missing_and_verified(Provider provider)
    {
        var connection = await Databases.Lease(provider);
        var data = Databases.Folder();
        await using (var house = await TestHost.On(connection, data))
        {
            await Publish(house, "T-KEPT", In(Language.English, "Popocatepetl"));
            Assert.Equal(["T-KEPT"], await Find(house.Visit(), "q=popocatepetl"));
        }
        var index = new DirectoryInfo(Path.Combine(data.FullName, "search", Analysis.Format));
        Assert.NotEmpty(index.GetFiles());
        // Damaged, as a disk that was full leaves it.
        foreach (var file in index.GetFiles("segments*"))
            await File.WriteAllTextAsync(file.FullName, "x");
        await using (var house = await TestHost.On(connection, data, withSample: false))
        {
            Assert.Equal(["T-KEPT"], await Find(house.Visit(), "q=popocatepetl"));
            Assert.Empty(await house.Within(async s => await SearchIndex.Faults(s, default).ToListAsync()));
        }
    }

    [Theory, BothDatabases]
    public async Task Naughty_strings_are_searched_for_and_bring_nothing_down(Provider provider)
    {
        var house = await houses.On(provider);
        var visitor = house.Visit();
        foreach (
            var query in (string[])
                [
                    "\"",
                    "\"\"",
                    "-",
                    "--",
                    "-a",
                    "*",
                    "?:[]{}()^~",
                    "AND OR NOT",
                    "a AND (b",
                    "' OR 1=1 --",
                    "<script>alert(1)</script>",
                    "de la the",
                    "ÅÄÖ åäö",
                    "𝒳𝒴",
                    "ﷺ",
                    new string('a', 199),
                    "\u202Eabc",
                    "100%",
                    "l'",
                    "¡¿?",
                ]
        )
        {
            var answer = await visitor.Get("/en/search?q=" + Uri.EscapeDataString(query));
            Assert.True(answer.Status == HttpStatusCode.OK, query);
            Assert.Empty(answer.Page.QuerySelectorAll("main script"));
        }
        foreach (
            var odd in (string[])
                [
                    "page=0",
                    "page=-1",
                    "page=999999",
                    "order=nonsense",
                    "kind=unknown",
                    "place=XX",
                    "topic=a:b",
                    "member=zzz",
                    "year=abcd",
                    "lang=xx",
                ]
        )
            Assert.Equal(HttpStatusCode.OK, (await visitor.Get("/en/search?" + odd)).Status);
    }

    [Theory, BothDatabases]
    public async Task Numbers_addresses_abbreviations_and_names_that_are_stop_words_are_found_as_they_stand(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        await Publish(house, "T-LAW", In(Language.Spanish, "La ley 19.069 de los sindicatos"));
        await Publish(
            house,
            "T-NET",
            In(Language.English, "A platform"),
            "Open at decide.example.org since Version 2.47, file plan_of_action."
        );
        await Publish(house, "T-SADC", In(Language.English, "Cities of the S.A.D.C."));
        await Publish(house, "T-UNO", In(Language.French, "Selon l'O.N.U., la ville"));
        await Publish(house, "T-COMO", In(Language.Spanish, "La ciudad de Como"));
        await Publish(house, "T-SUR", In(Language.French, "Pays du Sur, un relat"));
        await Publish(house, "T-CAT", In(Language.Catalan, "Un col·lectiu de barri"));
        await Publish(house, "T-LODZ", In(Language.English, "The budget of Łódź and Ærø, Straße"));
        await Publish(house, "T-NONE", In(Language.English, "Nothing of the kind"));
        var visitor = house.Visit();
        foreach (
            var (query, reference) in ((string, string)[])
                [
                    ("law 19.069", ""),
                    ("19.069", "T-LAW"),
                    ("ley 19.069", "T-LAW"),
                    ("decide.example.org", "T-NET"),
                    ("Version 2.47", "T-NET"),
                    ("plan_of_action", "T-NET"),
                    ("S.A.D.C.", "T-SADC"),
                    ("SADC", "T-SADC"),
                    ("onu", "T-UNO"),
                    ("Como", "T-COMO"),
                    ("Sur", "T-SUR"),
                    ("col·lectiu", "T-CAT"),
                    ("collectiu", "T-CAT"),
                    ("Lodz", "T-LODZ"),
                    ("Łódź", "T-LODZ"),
                    ("aero", "T-LODZ"),
                    ("strasse", "T-LODZ"),
                ]
        )
        {
            var found = await Find(visitor, $"q={Uri.EscapeDataString(query)}&without=*");
            if (reference.Length > 0)
                Assert.True(found.Contains(reference), $"{query} does not find {reference}");
            Assert.DoesNotContain("T-NONE", found);
        }
        Assert.DoesNotContain("T-SADC", await Find(visitor, "q=Como&without=*"));
    }
}
