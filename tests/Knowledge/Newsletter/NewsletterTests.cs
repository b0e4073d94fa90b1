using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Newsletter;
using Plenaria.Newsletter.Issues;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;

namespace Plenaria.Tests.Knowledge.Newsletter;

public class NewsletterTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static async Task<MailingList> MakeListAsync(TestHost house, Browser staff, bool isPublic = true)
    {
        var name = $"List {Guid.NewGuid():N}";
        var made = await staff.Submit(
            "/en/newsletter/desk/list",
            "main form",
            ("Input.Name", name),
            ("Input.IsPublic", isPublic ? "true" : "false")
        );
        Assert.Equal(HttpStatusCode.Redirect, made.Status);
        var lists = await house.Within(s =>
            s.GetRequiredService<PlenariaDb>().Set<MailingList>().AsNoTracking().ToListAsync()
        );
        return lists.Single(l => l.Name.For(Kernel.Language.English) == name);
    }

    private static Task<Answer> AskAsync(TestHost house, MailingList list, string email, string language = "en") =>
        house
            .Visit()
            .Submit(
                "/en/newsletter/subscribe",
                "main form",
                ("Email", email),
                ("lists", $"{list.Id}"),
                ("language", language)
            );

    private static Task<Subscriber?> FindAsync(TestHost house, string email) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<Subscriber>()
                .AsNoTracking()
                .Include(x => x.Subscriptions)
                .SingleOrDefaultAsync(x => x.Email == email)
        );

    private static Task<List<OutboxMessage>> LettersAsync(TestHost house, string email) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .AsNoTracking()
                .Where(l => l.To == email)
                .OrderBy(l => l.CreatedAt)
                .ToListAsync()
        );

    private static async Task<Subscriber> SubscribeAsync(
        TestHost house,
        MailingList list,
        string email,
        string language = "en"
    )
    {
        await AskAsync(house, list, email, language);
        var asked = (await FindAsync(house, email))!;
        await house.Visit().Submit($"/en/newsletter/confirm/{asked.Token}", "main form");
        return (await FindAsync(house, email))!;
    }

    private static string Address() => $"reader-{Guid.NewGuid():N}@example.net";

    // Written by somebody else than whom the tests send it as.
    private static Task<Issue> WriteAsync(TestHost house, MailingList list, DateTimeOffset? notBefore = null) =>
        house.Within(async s =>
        {
            var issues = s.GetRequiredService<IssueStore>();
            var acting = house.Acting();
            var issue = await issues.NewAsync(
                list.Id,
                LocalizedText
                    .Original(Kernel.Language.English, $"Spring {Guid.NewGuid():N}")
                    .WithTranslation(Kernel.Language.French, "Printemps"),
                acting,
                default
            );
            issue.Body = LocalizedText
                .Original(Kernel.Language.English, "What **happened**.")
                .WithTranslation(Kernel.Language.French, "Ce qui est arrivé.");
            issue.NotBefore = notBefore;
            await issues.RecordAsync(issue, "newsletter.written", acting, default);
            return issue;
        });

    private static Task<Answer> SendAsync(Browser staff, Issue issue) =>
        staff.Submit($"/en{issue.DeskPath}/send", "#confirm");

    [Theory, BothDatabases]
    public async Task Nobody_is_subscribed_before_the_mailed_link_was_used_and_the_proof_is_kept(Provider provider)
    {
        var house = await houses.On(provider);
        var list = await MakeListAsync(house, await house.Visit(Role.Staff));
        var email = Address();
        Assert.Equal(HttpStatusCode.Redirect, (await AskAsync(house, list, email, "fr")).Status);
        var asked = (await FindAsync(house, email))!;
        Assert.Equal(SubscriberState.Unconfirmed, asked.State);
        var link = $"/fr/newsletter/confirm/{asked.Token}";
        Assert.Contains(link, Assert.Single(await LettersAsync(house, email)).Text);
        // A program that checks mail opens the link: nothing happens.
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get(link)).Status);
        Assert.Equal(SubscriberState.Unconfirmed, (await FindAsync(house, email))!.State);
        Assert.Equal(HttpStatusCode.Redirect, (await house.Visit().Submit(link, "main form")).Status);
        var confirmed = (await FindAsync(house, email))!;
        Assert.Equal(SubscriberState.Confirmed, confirmed.State);
        Assert.NotNull(confirmed.ConfirmedAt);
        Assert.NotEmpty(confirmed.AskedFrom);
        Assert.Contains("By subscribing you agree", confirmed.Wording);
        // Asked for again, it stays as it is, and its owner hears of it.
        Assert.Equal(HttpStatusCode.Redirect, (await AskAsync(house, list, email)).Status);
        Assert.Equal(SubscriberState.Confirmed, (await FindAsync(house, email))!.State);
        Assert.Contains("/newsletter/preferences/", (await LettersAsync(house, email))[^1].Text);
    }

    [Theory, BothDatabases]
    public async Task Opening_the_link_unsubscribes_nobody_and_posting_to_it_without_a_cookie_does(Provider provider)
    {
        var house = await houses.On(provider);
        var list = await MakeListAsync(house, await house.Visit(Role.Staff));
        var reader = await SubscribeAsync(house, list, Address());
        var link = $"/en/newsletter/unsubscribe/{reader.Token}";
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get(link)).Status);
        Assert.Equal(SubscriberState.Confirmed, (await FindAsync(house, reader.Email))!.State);
        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var program = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        var answer = await program.PostAsync(new Uri(house.Address, link), oneClick);
        Assert.True((int)answer.StatusCode < 400, $"{answer.StatusCode}");
        Assert.Equal(SubscriberState.Unsubscribed, (await FindAsync(house, reader.Email))!.State);
    }

    [Theory, BothDatabases]
    public async Task A_subscriber_changes_the_language_takes_the_data_along_and_deletes_it(Provider provider)
    {
        var house = await houses.On(provider);
        var list = await MakeListAsync(house, await house.Visit(Role.Staff));
        var reader = await SubscribeAsync(house, list, Address());
        var page = $"/en/newsletter/preferences/{reader.Token}";
        await house.Visit().Submit(page, "#choices", ("language", "pt"));
        var changed = (await FindAsync(house, reader.Email))!;
        Assert.Equal("pt", changed.Language.Code);
        Assert.Equal(list.Id, Assert.Single(changed.Subscriptions).List);
        var data = await house.Visit().Get($"/newsletter/preferences/{reader.Token}/data.json");
        Assert.Contains(reader.Email, data.Body);
        Assert.Contains("By subscribing you agree", data.Body);
        var visitor = house.Visit();
        await visitor.Press(await visitor.Get(page), "#erase", "Erase");
        Assert.Null(await FindAsync(house, reader.Email));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(page)).Status);
    }

    [Theory, BothDatabases]
    public async Task Of_whoever_unsubscribes_nothing_waits_and_nobody_gets_it_whom_the_sender_did_not_see(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var list = await MakeListAsync(house, staff);
        var (stays, leaves, erased) = (
            await SubscribeAsync(house, list, Address()),
            await SubscribeAsync(house, list, Address()),
            await SubscribeAsync(house, list, Address())
        );
        var issue = await WriteAsync(house, list);
        var before = await staff.Get($"/en{issue.DeskPath}/send");
        var unseen = await SubscribeAsync(house, list, Address());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(before, "#confirm")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit($"/en{issue.DeskPath}/send", "#confirm")).Status);
        Task<int> WaitingAsync(Subscriber reader) =>
            house.Within(s =>
                s.GetRequiredService<PlenariaDb>()
                    .Set<OutboxMessage>()
                    .CountAsync(l => l.Batch == issue.Id && l.To == reader.Email)
            );
        Assert.Equal((1, 1), (await WaitingAsync(leaves), await WaitingAsync(unseen)));
        await house.Visit().Submit($"/en/newsletter/unsubscribe/{leaves.Token}", "main form");
        var visitor = house.Visit();
        await visitor.Press(await visitor.Get($"/en/newsletter/preferences/{erased.Token}"), "#erase", "Erase");
        Assert.Equal((0, 0, 1), (await WaitingAsync(leaves), await WaitingAsync(erased), await WaitingAsync(stays)));
    }

    [Theory, BothDatabases]
    public async Task Of_a_list_that_somebody_leaves_nothing_waits_and_of_the_others_it_does(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var (left, kept) = (await MakeListAsync(house, staff), await MakeListAsync(house, staff));
        var (email, other) = (Address(), await SubscribeAsync(house, left, Address()));
        await house
            .Visit()
            .Submit(
                "/en/newsletter/subscribe",
                "main form",
                ("Email", email),
                ("lists", $"{left.Id}"),
                ("lists", $"{kept.Id}")
            );
        var reader = (await FindAsync(house, email))!;
        var owner = house.Visit();
        var confirm = await owner.Get($"/en/newsletter/confirm/{reader.Token}");
        // What is agreed to is named.
        foreach (var list in new[] { left, kept })
            Assert.Contains(list.Name.For(Kernel.Language.English), confirm.Text("#lists"));
        await owner.Submit(confirm, "main form");
        var (ofLeft, ofKept) = (await WriteAsync(house, left), await WriteAsync(house, kept));
        await SendAsync(staff, ofLeft);
        await SendAsync(staff, ofKept);
        var page = await owner.Get($"/en/newsletter/preferences/{reader.Token}");
        page.Page.QuerySelector($"[name=lists][value='{left.Id}']")!.RemoveAttribute("checked");
        Assert.Equal(HttpStatusCode.Redirect, (await owner.Submit(page, "#choices")).Status);
        var waiting = (await LettersAsync(house, email)).Where(l => l.Kind == "newsletter");
        Assert.Equal(ofKept.Id, Assert.Single(waiting).Batch);
        Assert.Contains(await LettersAsync(house, other.Email), l => l.Batch == ofLeft.Id);
    }

    [Theory, BothDatabases]
    public async Task A_temporary_list_says_its_last_day_and_ends_after_it(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var (list, lasting) = (await MakeListAsync(house, staff), await MakeListAsync(house, staff));
        var page = $"/en/newsletter/desk/list?id={list.Id}";
        var past = await staff.Submit(page, "main form", ("Input.LastDay", "2020-01-31"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, past.Status);
        Assert.Contains("The last day cannot lie in the past", past.Text("main"));
        var day = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(20);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit(page, "main form", ("Input.LastDay", $"{day:yyyy-MM-dd}"))).Status
        );
        Assert.Equal(
            $"{day:yyyy-MM-dd}",
            (await staff.Get(page)).Page.QuerySelector("#Input_LastDay")!.GetAttribute("value")
        );
        Assert.Contains("Temporary list: ends on", (await house.Visit().Get("/en/newsletter/subscribe")).Text("main"));
        var reader = await SubscribeAsync(house, list, Address());
        var both = await SubscribeAsync(house, lasting, Address());

        Task EndAsync() => house.Within(s => s.GetRequiredService<ListStore>().EndAsync(house.Acting(), default));
        await EndAsync();
        Assert.Single((await FindAsync(house, reader.Email))!.Subscriptions);
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<MailingList>()
                .Where(l => l.Id == list.Id)
                .ExecuteUpdateAsync(l =>
                    l.SetProperty(x => x.LastDay, DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-3))
                )
        );
        // Nobody subscribes any more, also before the job has run.
        var form = await house.Visit().Get("/en/newsletter/subscribe");
        Assert.Null(form.Page.QuerySelector($"[name=lists][value='{list.Id}']"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await AskAsync(house, list, Address())).Status);
        await EndAsync();
        Assert.Empty((await FindAsync(house, reader.Email))!.Subscriptions);
        Assert.Single((await FindAsync(house, both.Email))!.Subscriptions);
        var issue = await WriteAsync(house, list);
        Assert.Contains("Nobody would receive this issue", (await staff.Get($"/en{issue.DeskPath}/send")).Text("main"));
    }

    [Fact]
    public async Task Who_is_signed_in_is_led_to_their_subscription()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var list = await MakeListAsync(house, staff);
        Assert.Equal("/en/newsletter/subscribe", (await staff.Get("/en/newsletter/mine")).Location);
        var reader = await SubscribeAsync(house, list, "staff@example.org");
        Assert.Equal($"/en/newsletter/preferences/{reader.Token}", (await staff.Get("/en/newsletter/mine")).Location);
        Assert.NotNull((await staff.Get("/en/account/mail")).Page.QuerySelector("a[href='/en/newsletter/mine']"));
        Assert.NotNull((await staff.Get("/en/account/mail")).Page.QuerySelector("a[href='/en/searches']"));
    }

    [Theory, BothDatabases]
    public async Task Each_confirmed_subscriber_gets_one_letter_in_their_language_with_their_own_link(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var (list, other) = (await MakeListAsync(house, staff), await MakeListAsync(house, staff));
        var english = await SubscribeAsync(house, list, Address());
        var french = await SubscribeAsync(house, list, Address(), "fr");
        var elsewhere = await SubscribeAsync(house, other, Address());
        var unconfirmed = Address();
        await AskAsync(house, list, unconfirmed);
        var refused = await SubscribeAsync(house, list, Address());
        await house.Within(s =>
        {
            var db = s.GetRequiredService<PlenariaDb>();
            db.Add(
                new SuppressedAddress
                {
                    Address = refused.Email,
                    At = DateTimeOffset.UtcNow,
                    Kind = BounceKind.Hard,
                    Reason = "unknown user",
                }
            );
            return db.SaveChangesAsync();
        });
        var issue = await WriteAsync(house, list);
        var before = (await staff.Get($"/en{issue.DeskPath}/send")).Text("main");
        Assert.Contains("For 2 subscribers", before);
        Assert.Contains("1 address that is not written to", before);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(staff, issue)).Status);
        foreach (var reader in new[] { english, french })
        {
            var letter = Assert.Single(await LettersAsync(house, reader.Email), l => l.Kind == "newsletter");
            Assert.Equal(reader.Language, letter.Language);
            Assert.Contains(reader.Token, letter.Headers!["List-Unsubscribe"]);
            Assert.Equal("List-Unsubscribe=One-Click", letter.Headers["List-Unsubscribe-Post"]);
            Assert.Contains(list.Slug, letter.Headers["List-Id"]);
            Assert.Contains(reader.Token, letter.Text);
            Assert.Contains(reader.Token, letter.Html);
            Assert.Equal(LetterPriority.Bulk, letter.Priority);
        }
        Assert.Equal("Printemps", (await LettersAsync(house, french.Email))[^1].Subject);
        foreach (var left in new[] { elsewhere.Email, unconfirmed, refused.Email })
            Assert.DoesNotContain(await LettersAsync(house, left), l => l.Kind == "newsletter");
        Assert.Contains("For 2 subscribers", (await staff.Get($"/en{issue.DeskPath}")).Text("main"));
    }

    [Theory, BothDatabases]
    public async Task Who_wrote_an_issue_does_not_send_it_and_of_two_who_send_it_the_second_is_told(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var list = await MakeListAsync(house, staff);
        var reader = await SubscribeAsync(house, list, Address());
        var begun = await staff.Submit(
            "/en/newsletter/desk",
            "#new-issue",
            ("Title", "My own"),
            ("List", $"{list.Id}")
        );
        await staff.Submit(begun.Location!, "#write", ("Input.Body", "Mine."));
        Assert.Contains(
            "changed the issue last cannot send it",
            (await staff.Get(begun.Location + "/send")).Text("main")
        );
        var other = await WriteAsync(house, list);
        var confirm = await staff.Get($"/en{other.DeskPath}/send");
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(confirm, "#confirm")).Status);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit(confirm, "#confirm", ("__key", ""))).Status
        );
        Assert.Single(await LettersAsync(house, reader.Email), l => l.Kind == "newsletter");
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await (await house.Visit(Role.Member)).Get($"/en{other.DeskPath}")).Status
        );
    }

    [Theory, BothDatabases]
    public async Task What_waits_is_held_resumed_and_cancelled(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var list = await MakeListAsync(house, staff);
        var reader = await SubscribeAsync(house, list, Address());
        var later = DateTimeOffset.UtcNow.AddDays(2);
        var issue = await WriteAsync(house, list, later);
        await SendAsync(staff, issue);
        async Task<OutboxMessage> Letter() =>
            Assert.Single(await LettersAsync(house, reader.Email), l => l.Kind == "newsletter");
        Assert.Equal(later, (await Letter()).DueAt, TimeSpan.FromSeconds(1));
        // It may not leave yet, and nobody reads it before.
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get($"/en{issue.Path}")).Status);
        var page = $"/en{issue.DeskPath}";
        await staff.Press(await staff.Get(page), "#sending", "Pause");
        Assert.Equal(9999, (await Letter()).DueAt.Year);
        await staff.Press(await staff.Get(page), "#sending", "Resume");
        Assert.Equal(later, (await Letter()).DueAt, TimeSpan.FromSeconds(1));
        await staff.Press(await staff.Get(page), "#sending", "Cancel");
        Assert.DoesNotContain(await LettersAsync(house, reader.Email), l => l.Kind == "newsletter");
        // Nothing has left: it is a draft again, and what was published since the issue before is still to be told.
        Assert.NotNull((await staff.Get(page)).Page.QuerySelector("#write"));
        var other = await SubscribeAsync(house, list, Address());
        await SendAsync(staff, issue);
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .Where(l => l.To == other.Email && l.Kind == "newsletter")
                .ExecuteUpdateAsync(l => l.SetProperty(x => x.SentAt, DateTimeOffset.UtcNow))
        );
        await staff.Press(await staff.Get(page), "#sending", "Cancel");
        Assert.DoesNotContain(await LettersAsync(house, reader.Email), l => l.Kind == "newsletter");
        Assert.Contains("Sending cancelled", (await staff.Get(page)).Text("main"));
    }

    [Theory, BothDatabases]
    public async Task What_is_sent_for_later_is_read_when_its_moment_has_come(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var list = await MakeListAsync(house, staff);
        await SubscribeAsync(house, list, Address());
        var issue = await WriteAsync(house, list, DateTimeOffset.UtcNow.AddDays(2));
        await SendAsync(staff, issue);
        Task ArchiveAsync(int days) =>
            house.Within(s =>
                s.GetRequiredService<IssueStore>()
                    .ArchiveDueAsync(house.Acting() with { At = DateTimeOffset.UtcNow.AddDays(days) }, default)
            );
        await ArchiveAsync(1);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get($"/en{issue.Path}")).Status);
        await ArchiveAsync(3);
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get($"/en{issue.Path}")).Status);
    }

    [Theory, BothDatabases]
    public async Task An_issue_of_a_public_list_is_read_found_and_counted_and_that_of_a_closed_one_is_not(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var (open, closed) = (await MakeListAsync(house, staff), await MakeListAsync(house, staff));
        await SubscribeAsync(house, open, Address());
        await SubscribeAsync(house, closed, Address());
        await staff.Submit($"/en/newsletter/desk/list?id={closed.Id}", "main form", ("Input.IsPublic", "false"));
        var (openIssue, closedIssue) = (await WriteAsync(house, open), await WriteAsync(house, closed));
        await SendAsync(staff, openIssue);
        await SendAsync(staff, closedIssue);
        var anybody = house.Visit();
        var french = await anybody.Get($"/fr{openIssue.Path}");
        Assert.Contains("Ce qui est arrivé.", french.Body);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.Get($"/fr{closedIssue.Path}")).Status);
        var title = openIssue.Title.For(Kernel.Language.English);
        Assert.Contains(title, (await anybody.Get("/en/newsletter")).Text("main"));
        Assert.Contains(title, (await anybody.Get("/api/v1/newsletter")).Body);
        Assert.DoesNotContain(
            closedIssue.Title.For(Kernel.Language.English),
            (await anybody.Get("/api/v1/newsletter")).Body
        );
        Assert.Equal(HttpStatusCode.Redirect, (await anybody.Get($"/r/{openIssue.Reference}")).Status);
        var year = DateTime.UtcNow.Year;
        var measured = await house.Within(s =>
            s.GetRequiredService<NewsletterInstruments>()
                .Measure(
                    "public",
                    new Period(PartialDate.On(new(year, 1, 1)), PartialDate.On(new(year + 1, 1, 31))),
                    default
                )
        );
        Assert.True(measured[0].Value >= 1);
        Assert.True(measured[1].Value >= 2);
    }

    [Theory, BothDatabases]
    public async Task What_was_published_since_is_added_and_each_entry_can_be_taken_out(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var list = await MakeListAsync(house, staff);
        var title = $"Rules {Guid.NewGuid():N}";
        await house.Within(async s =>
        {
            var register = s.GetRequiredService<Register>();
            Publication Record(string kind, string called) =>
                new(
                    Reference.Of("OIDP", "T", Random.Shared.Next(100_000, 999_999)),
                    kind,
                    $"/{Guid.NewGuid():N}",
                    LocalizedText.Original(Kernel.Language.English, called),
                    LocalizedText.Empty
                );
            await register.Publish(Record("news", title), LocalizedText.Empty, Audience.Public, default);
            await register.Publish(Record("page", "Legal notice"), LocalizedText.Empty, Audience.Public, default);
            s.GetRequiredService<Journal>().Append(house.Acting(), "test", "newsletter.written", null, new { title });
            await s.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });
        var issue = await WriteAsync(house, list);
        var page = $"/en{issue.DeskPath}";
        await staff.Press(await staff.Get(page), "#add", "Add", ("kinds", "news"));
        var added = await staff.Get(page);
        Assert.DoesNotContain(added.Page.QuerySelectorAll("[name=kinds]"), k => k.GetAttribute("value") == "page");
        // What it points to already is not added twice, and nobody is told that it was.
        var again = await staff.Press(added, "#add", "Add", ("kinds", "news"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains(title, added.Text("#write ~ *, .entry"));
        Assert.Contains(title, added.Text("pre"));
        var entry = added
            .Page.QuerySelectorAll(".entry")
            .Single(e => e.TextContent.Contains(title, StringComparison.Ordinal))
            .QuerySelector("input[name=entry]")!
            .GetAttribute("value")!;
        await staff.Press(added, ".entry", "Remove", ("entry", entry));
        Assert.DoesNotContain(title, (await staff.Get(page)).Text("pre"));
        // A test of it goes to whoever asks for it.
        await staff.Press(await staff.Get(page), "#test", "Test");
        Assert.Contains(
            await LettersAsync(house, "staff@example.org"),
            l => l.Subject.StartsWith("Test: Spring", StringComparison.Ordinal)
        );
    }

    [Theory, BothDatabases]
    public async Task Every_day_can_be_the_end_of_a_period_and_no_text_holds_the_secret_of_a_reader(Provider provider)
    {
        var house = await houses.On(provider);
        Assert.Equal(
            HttpStatusCode.OK,
            (await house.Visit().Get("/en/newsletter?from=0001-01-01&to=9999-12-31")).Status
        );
        var staff = await house.Visit(Role.Staff);
        var list = await MakeListAsync(house, staff);
        var reader = await SubscribeAsync(house, list, Address());
        var issue = await WriteAsync(house, list);
        var editor = await house.Visit(Role.Editor);
        var page = $"/en{issue.DeskPath}";
        await editor.Submit(page, "#write", ("Input.Body", "[This](https://example.net/?x={token}) and {token}."));
        Assert.Contains("cannot send it", (await editor.Get($"{page}/send")).Text("main"));
        await SendAsync(staff, issue);
        var letter = Assert.Single(await LettersAsync(house, reader.Email), l => l.Kind == "newsletter");
        Assert.Equal(2, Count(letter.Text, reader.Token));
        Assert.Equal(2, Count(letter.Html!, reader.Token));

        // Cancelled, what failed before is not sent again by anybody.
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .Where(l => l.Id == letter.Id)
                .ExecuteUpdateAsync(l => l.SetProperty(x => x.FailedAt, DateTimeOffset.UtcNow))
        );
        await house.Within(s => s.GetRequiredService<LetterBatches>().CancelAsync(issue.Id, default));
        var desk = await staff.Get("/en/administration/mail");
        Assert.Contains(reader.Email, desk.Text("main"));
        Assert.Null(desk.Page.QuerySelector($"[value='{letter.Id}']"));
        await staff.Press(desk, "form:has([name=domain])", "Domain", ("domain", "example.net"));
        Assert.NotNull((await LettersAsync(house, reader.Email)).Single(l => l.Id == letter.Id).FailedAt);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    [Fact]
    public async Task Whoever_was_told_of_a_change_by_another_saves_on_the_second_try()
    {
        var house = await houses.On(Provider.Sqlite);
        var (staff, editor) = (await house.Visit(Role.Staff), await house.Visit(Role.Editor));
        var issue = await WriteAsync(house, await MakeListAsync(house, staff));
        var page = $"/en{issue.DeskPath}";
        var (hers, his) = (await staff.Get(page), await editor.Get(page));
        await editor.Submit(his, "#write", ("Input.Body", "His words."));
        var told = await staff.Submit(hers, "#write", ("Input.Body", "Her words."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, told.Status);
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(told, "#write")).Status);
        Assert.Contains("Her words.", (await staff.Get(page)).Text("#Input_Body"));
    }

    [Theory, BothDatabases]
    public async Task An_address_that_nobody_confirmed_is_deleted_after_a_month(Provider provider)
    {
        var house = await houses.On(provider);
        var list = await MakeListAsync(house, await house.Visit(Role.Staff));
        var (old, kept) = (Address(), await SubscribeAsync(house, list, Address()));
        await AskAsync(house, list, old);
        await house.Within(s =>
            s.GetRequiredService<SubscriberStore>()
                .DeleteUnconfirmedAsync(
                    house.Acting() with
                    {
                        At = DateTimeOffset.UtcNow.AddDays(SubscriberStore.UnconfirmedDays + 1),
                    },
                    default
                )
        );
        Assert.Null(await FindAsync(house, old));
        Assert.NotNull(await FindAsync(house, kept.Email));
    }
}
