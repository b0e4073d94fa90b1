using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Site;

namespace Plenaria.Tests.Platform.Correspondence;

/// <summary>What each person gets: kinds of letters, what readers choose of them, and how they stop one.</summary>
public class LetterChoiceTests
{
    private const string Page = "/en/account/mail",
        Digestible = "comments",
        Optional = "requests";

    private static Task<TestHost> Open(Provider provider) =>
        TestHost.Open(
            provider,
            withSample: false,
            services => services.AddSingleton(new SiteAddress("https://network.example"))
        );

    private static Task<AccountAddress> OpenReader(TestHost house) =>
        house.Within(async s =>
        {
            var email = $"{Guid.NewGuid():N}@readers.example";
            var account = await s.GetRequiredService<Accounts>()
                .Open(email, "Reader", Language.English, house.Acting(), default);
            await s.GetRequiredService<PlenariaDb>().SaveChangesAsync();
            return new AccountAddress(account, email, Language.English);
        });

    private static Task Choose(TestHost house, AccountAddress reader, string kind, LetterRhythm rhythm) =>
        house.Within(s =>
            s.GetRequiredService<PreferenceStore>()
                .ChooseAsync(reader, new Dictionary<string, LetterRhythm> { [kind] = rhythm }, house.Acting(), default)
        );

    private static LetterDraft Draft(string to, string kind) =>
        new(to, Language.English, $"About {kind}", "The text of the letter.")
        {
            Kind = kind,
            Excerpt = new("What was said", "https://network.example/en/there"),
        };

    private static Task<bool> Queue(TestHost house, AccountAddress reader, string kind) =>
        house.Within(async s =>
        {
            var isQueued = await s.GetRequiredService<Outbox>().QueueUnlessRefused(Draft(reader.Email, kind), default);
            await s.GetRequiredService<PlenariaDb>().SaveChangesAsync();
            return isQueued;
        });

    private static Task<List<OutboxMessage>> Letters(TestHost house, AccountAddress reader) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>().Set<OutboxMessage>().Where(l => l.To == reader.Email).ToListAsync()
        );

    private static Task<List<DigestItem>> Collected(TestHost house, AccountAddress reader) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>().Set<DigestItem>().Where(i => i.Account == reader.Account).ToListAsync()
        );

    [Theory, BothDatabases]
    public async Task Each_kind_comes_as_its_reader_chose(Provider provider)
    {
        await using var house = await Open(provider);
        var kinds = house.Services.GetRequiredService<ModuleCatalog>().Declared<LetterKind>().ToList();
        Assert.InRange(kinds.Count(k => k.IsChosen), 6, 12);
        foreach (var kind in kinds.Where(k => k.IsChosen))
        foreach (var rhythm in kind.Rhythms)
        {
            var reader = await OpenReader(house);
            await Choose(house, reader, kind.Key, rhythm);
            Assert.Equal(rhythm != LetterRhythm.Never, await Queue(house, reader, kind.Key));
            var (letters, collected) = (await Letters(house, reader), await Collected(house, reader));
            Assert.Equal(rhythm == LetterRhythm.AtOnce ? 1 : 0, letters.Count);
            Assert.Equal(rhythm is LetterRhythm.Daily or LetterRhythm.Weekly ? 1 : 0, collected.Count);
            // Another kind is not touched by it.
            Assert.True(await Queue(house, reader, kind.Key == Optional ? Digestible : Optional));
        }
    }

    [Theory, BothDatabases]
    public async Task Letters_that_are_prescribed_come_whatever_was_chosen(Provider provider)
    {
        await using var house = await Open(provider);
        var reader = await OpenReader(house);
        var kinds = house.Services.GetRequiredService<ModuleCatalog>().Declared<LetterKind>().ToList();
        foreach (var kind in kinds.Where(k => k.IsChosen))
            await Choose(house, reader, kind.Key, LetterRhythm.Never);
        var always = kinds.Where(k => k.Choice == LetterChoice.Always).ToList();
        Assert.Superset(new HashSet<string> { "sign-in", "notice", "sessions" }, always.Select(k => k.Key).ToHashSet());
        foreach (var kind in always)
        {
            Assert.True(await Queue(house, reader, kind.Key));
            // A choice that no page offers is refused, and would change nothing.
            await Assert.ThrowsAsync<RuleViolationException>(() => Choose(house, reader, kind.Key, LetterRhythm.Never));
        }
        var letters = await Letters(house, reader);
        Assert.Equal(always.Count, letters.Count);
        Assert.All(letters, l => Assert.Equal("The text of the letter.", l.Text));
        Assert.All(letters, l => Assert.Null(l.Headers));
    }

    [Theory, BothDatabases]
    public async Task Who_asked_for_no_mail_gets_none_and_nothing_is_collected(Provider provider)
    {
        await using var house = await Open(provider);
        var reader = await OpenReader(house);
        await Choose(house, reader, Digestible, LetterRhythm.Daily);
        await house.Within(async s =>
        {
            var db = s.GetRequiredService<PlenariaDb>();
            db.Add(
                new SuppressedAddress
                {
                    Address = reader.Email,
                    At = DateTimeOffset.UtcNow,
                    Kind = BounceKind.Complaint,
                    Reason = "Complaint",
                }
            );
            await db.SaveChangesAsync();
        });
        Assert.False(await Queue(house, reader, Digestible));
        Assert.False(await Queue(house, reader, Optional));
        Assert.Empty(await Collected(house, reader));
        Assert.Empty(await Letters(house, reader));
    }

    [Theory, BothDatabases]
    public async Task A_reader_chooses_on_their_page_and_takes_it_back(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (email, link) = await house.OpenStaff();
        var browser = house.Visit();
        await browser.Submit(link, "main form");
        var workspace = await browser.Get("/en/workspace");
        Assert.NotNull(workspace.Page.QuerySelector($"a[href='{Page}']"));
        var page = await browser.Get(Page);
        Assert.Contains("The rules of the network require", page.Text("dl"));
        Assert.Contains("Newsletter", page.Text("dl"));
        Assert.Empty(page.Page.QuerySelectorAll("[name='choices[sessions]'], [name='choices[test]']"));
        Assert.Equal(2, page.Page.QuerySelectorAll($"[name='choices[{Optional}]'] option").Length);
        Assert.Equal(4, page.Page.QuerySelectorAll($"[name='choices[{Digestible}]'] option").Length);

        var same = await browser.Submit(page, "main form");
        Assert.Contains("You have changed nothing", (await browser.Get(same.Location!)).Text("[role=status]"));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await browser.Submit(page, "main form", ($"choices[{Optional}]", "Weekly"))).Status
        );
        var sent = await browser.Submit(
            page,
            "main form",
            ($"choices[{Digestible}]", "Weekly"),
            ($"choices[{Optional}]", "Never")
        );
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        Assert.Equal((LetterRhythm.Weekly, LetterRhythm.Never), await Stored(house, email));
        var after = await browser.Get(sent.Location!);
        Assert.Contains("Choice of e-mails saved", after.Text("[role=status]"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Submit(after, "#undo")).Status);
        Assert.Equal((LetterRhythm.AtOnce, LetterRhythm.AtOnce), await Stored(house, email));
    }

    private static Task<(LetterRhythm, LetterRhythm)> Stored(TestHost house, string email) =>
        house.Within(async s =>
        {
            var chosen = (await s.GetRequiredService<PreferenceStore>().FindAsync(email, default))!;
            return (chosen.RhythmOf(Digestible), chosen.RhythmOf(Optional));
        });

    [Theory, BothDatabases]
    public async Task A_page_lists_the_kinds_that_can_concern_its_reader(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (editor, member) = (await house.Visit(Role.Editor), await house.Visit(Role.Member));
        Assert.Null((await editor.Get(Page)).Page.QuerySelector("[name='choices[membership]']"));
        Assert.NotNull((await member.Get(Page)).Page.QuerySelector("[name='choices[membership]']"));
        Assert.NotNull((await editor.Get(Page)).Page.QuerySelector("[name='choices[comments]']"));
        // Whoever was written one chooses it, whatever they are.
        await house.Within(async s =>
        {
            await s.GetRequiredService<Outbox>().QueueUnlessRefused(Draft("editor@example.org", "membership"), default);
            await s.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });
        Assert.NotNull((await editor.Get(Page)).Page.QuerySelector("[name='choices[membership]']"));
    }

    private static async Task<(OutboxMessage Letter, string Stop)> Received(TestHost house, AccountAddress reader)
    {
        await Queue(house, reader, Optional);
        var letter = (await Letters(house, reader)).Last();
        Assert.Equal("List-Unsubscribe=One-Click", letter.Headers!["List-Unsubscribe-Post"]);
        var link = new Uri(letter.Headers["List-Unsubscribe"].Trim('<', '>'));
        Assert.Equal("network.example", link.Host);
        return (letter, link.PathAndQuery);
    }

    // As a mail program does it: no cookie, no page.
    private static async Task<HttpStatusCode> OneClick(TestHost house, string link)
    {
        using var said = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var program = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        return (await program.PostAsync(new Uri(house.Address, link), said)).StatusCode;
    }

    [Theory, BothDatabases]
    public async Task One_click_ends_a_kind_without_signing_in_and_opening_the_link_does_not(Provider provider)
    {
        await using var house = await Open(provider);
        var reader = await OpenReader(house);
        var (letter, link) = await Received(house, reader);
        Assert.Contains("https://network.example/en/account/mail\n", letter.Text);
        Assert.EndsWith(link, letter.Text);
        Assert.Contains("You get these e-mails because you act for a member", letter.Text);
        var browser = house.Visit();
        var opened = await browser.Get(link);
        Assert.Equal(HttpStatusCode.OK, opened.Status);
        Assert.Contains("Requests to members", opened.Text("main"));
        Assert.True(await Queue(house, reader, Optional));

        Assert.Equal(HttpStatusCode.Redirect, await OneClick(house, link));
        Assert.Equal(HttpStatusCode.Redirect, await OneClick(house, link));
        Assert.False(await Queue(house, reader, Optional));
        Assert.True(await Queue(house, reader, Digestible));
        // Whoever did not mean it takes it back by the same link.
        var page = await browser.Get(link);
        Assert.Contains("We send you no more", page.Text("[role=status]"));
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Submit(page, "main form")).Status);
        Assert.True(await Queue(house, reader, Optional));
    }

    [Theory, BothDatabases]
    public async Task A_link_of_another_house_or_made_up_ends_nothing(Provider provider)
    {
        await using var house = await Open(provider);
        await using var other = await Open(provider);
        var reader = await OpenReader(house);
        var (_, link) = await Received(house, reader);
        var foreign = await other.Within(s =>
            Task.FromResult(s.GetRequiredService<LetterFoot>().MakeToken(new(reader.Email, Optional)))
        );
        var changed = link[..^3] + (link[^3] == 'A' ? "BBB" : "AAA");
        foreach (
            var forged in (string[])
                [
                    changed,
                    $"{LetterFoot.StopPage}?token={Optional} {reader.Email}",
                    $"{LetterFoot.StopPage}?token={foreign}",
                ]
        )
            Assert.Equal(
                HttpStatusCode.NotFound,
                await OneClick(house, forged.StartsWith("/en", StringComparison.Ordinal) ? forged : $"/en{forged}")
            );
        Assert.True(await Queue(house, reader, Optional));
        // Without one the page says where to choose.
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get($"/en{LetterFoot.StopPage}")).Status);
    }

    [Theory, BothDatabases]
    public async Task What_somebody_chose_and_what_was_collected_is_exported_and_erased_with_them(Provider provider)
    {
        await using var house = await Open(provider);
        var reader = await OpenReader(house);
        var (_, link) = await Received(house, reader);
        await Choose(house, reader, Digestible, LetterRhythm.Weekly);
        await Queue(house, reader, Digestible);
        await house.Within(async s =>
        {
            var (db, accounts) = (s.GetRequiredService<PlenariaDb>(), s.GetRequiredService<Accounts>());
            var exported = await accounts.Records.ReadAsync(reader.Account, [], default);
            var choice = exported.Single(e => e.Table == "correspondence_preferences").Records.Single();
            Assert.Equal("comments: Weekly", choice.Title);
            var item = exported.Single(e => e.Table == "correspondence_digest_items").Records.Single();
            Assert.Equal("About comments", item.Title);
            await db.InTransactionAsync(
                async () =>
                {
                    s.GetRequiredService<Plenaria.Platform.Journal.Journal>()
                        .Append(house.Acting(), "person:test", "members.person-erased", null, new { });
                    await accounts.ErasePerson(
                        reader.Account,
                        [reader.Email],
                        ["person:test"],
                        house.Acting(),
                        default
                    );
                },
                default
            );
        });
        Assert.Empty(await Collected(house, reader));
        // A link that somebody kept brings nothing of them back.
        await OneClick(house, link);
        await house.Within(async s =>
            Assert.False(
                await s.GetRequiredService<PlenariaDb>()
                    .Set<ReaderPreferences>()
                    .AnyAsync(p => p.Address == reader.Email || p.Account == reader.Account)
            )
        );
    }

    [Theory, BothDatabases]
    public async Task Many_are_asked_in_some_statements_and_each_gets_what_they_chose(Provider provider)
    {
        const int count = 2_000;
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        await Store(house, "never", LetterRhythm.Never, 100);
        await Store(house, "weekly", LetterRhythm.Weekly, 100);
        var sent = 0;
        var queries = await counter.During(
            "",
            () =>
                house.Within(async s =>
                {
                    var names = Enumerable
                        .Range(0, count)
                        .Select(i =>
                            (i % 20) switch
                            {
                                0 => $"never{i / 20}",
                                1 => $"weekly{i / 20}",
                                _ => $"reader{i}",
                            }
                        );
                    sent = await s.GetRequiredService<Outbox>()
                        .QueueManyAsync(names.Select(n => Draft($"{n}@crowd.example", Digestible)), default);
                })
        );
        Assert.Equal(count - 100, sent);
        Assert.InRange(queries.Count, 1, 40);
        await house.Within(async s =>
        {
            var db = s.GetRequiredService<PlenariaDb>();
            Assert.Equal(count - 200, await db.Set<OutboxMessage>().CountAsync(l => l.Domain == "crowd.example"));
            Assert.Equal(100, await db.Set<DigestItem>().CountAsync());
        });
    }

    private static Task Store(TestHost house, string name, LetterRhythm rhythm, int count) =>
        house.Within(async s =>
        {
            var (db, now) = (s.GetRequiredService<PlenariaDb>(), DateTimeOffset.UtcNow);
            var account = (await db.Set<Account>().FirstAsync()).Id;
            var all = Enumerable
                .Range(0, count)
                .Select(i => new ReaderPreferences
                {
                    Id = Guid.CreateVersion7(now),
                    Address = $"{name}{i}@crowd.example",
                    Account = account,
                    Rhythms = new() { [Digestible] = rhythm },
                    At = now,
                });
            foreach (var preferences in all)
            {
                db.Add(preferences);
                s.GetRequiredService<Plenaria.Platform.Journal.Journal>()
                    .Append(house.Acting(), preferences.Stream, "mail.letters-chosen", null, new { }, marks: []);
            }
            await db.SaveChangesAsync();
        });
}
