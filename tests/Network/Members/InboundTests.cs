using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Members.Outreach;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Network.Members;

public class InboundTests
{
    private static Task Receive(TestHost house, string mail) =>
        house.Within(s =>
            InboundMail.Receive(new MemoryStream(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"))), s, default)
        );

    private static Task<List<string>> Timeline(TestHost house) =>
        house.Within(async s =>
            await s.GetRequiredService<PlenariaDb>()
                .Set<Activity>()
                .AsNoTracking()
                .Where(a => a.Kind == ActivityKind.Mail)
                .OrderBy(a => a.At)
                .Select(a => a.ByName + ": " + a.Text)
                .ToListAsync()
        );

    [Theory, BothDatabases]
    public async Task Mail_copied_or_forwarded_to_the_house_stands_once_on_the_timeline_of_whom_it_names(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        const string copied = """
            From: Secretariat <staff@example.org>
            To: Delegate <MEMBER@example.org>
            Cc: outreach@network.example
            Subject: =?utf-8?q?Votre_d=C3=A9l=C3=A9gation?=
            Message-ID: <one@example.org>
            Date: Tue, 03 Mar 2026 10:00:00 +0100
            Content-Type: text/plain; charset=utf-8

            Bonjour, merci de votre lettre.
            """;
        await Receive(house, copied);
        await Receive(house, copied);
        await Receive(
            house,
            """
            From: staff@example.org
            To: outreach@network.example
            Subject: Fwd: oui
            Message-ID: <two@example.org>
            Date: Wed, 04 Mar 2026 10:00:00 +0100
            MIME-Version: 1.0
            Content-Type: text/html; charset=utf-8

            <p>See below</p><div>De : <b>Delegate</b> &lt;member@example.org&gt;</div><div>Oui.</div><script>alert(1)</script>
            """
        );
        var timeline = await Timeline(house);
        Assert.Equal(2, timeline.Count);
        Assert.Contains("Secretariat staff: Votre délégation\n\nBonjour, merci de votre lettre.", timeline[0]);
        Assert.Contains("Oui.", timeline[1]);
        Assert.DoesNotContain("alert", timeline[1]);
        Assert.Equal(
            "mail.unknown-sender",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    Receive(house, copied.Replace("staff@", "nobody@", StringComparison.Ordinal))
                )
            ).Key
        );
        // Who is not of the Secretariat or an office writes on no timeline.
        Assert.Equal(
            "mail.about-nobody",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    Receive(house, copied.Replace("staff@", "juror@", StringComparison.Ordinal))
                )
            ).Key
        );
        Assert.Equal(
            "mail.about-nobody",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    Receive(house, copied.Replace("MEMBER@", "stranger@", StringComparison.Ordinal))
                )
            ).Key
        );
        // What a machine answers is dropped without a word.
        var before = await Timeline(house);
        await Receive(
            house,
            copied.Replace(
                "Message-ID: <one@",
                "Auto-Submitted: auto-replied\nMessage-ID: <three@",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(before, await Timeline(house));
        await Assert.ThrowsAsync<RuleViolationException>(() => Receive(house, "\0\0not a mail"));
        Assert.Equal(2, (await Timeline(house)).Count);
    }

    [Theory, BothDatabases]
    public async Task Mail_about_a_member_that_nobody_wins_over_stands_in_its_contact_history_for_those_who_look_after_it(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        const string people = "/en/members/ville-de-dakar/people";
        var (staff, city) = (
            await house.Visit(Plenaria.Platform.Access.Role.Staff),
            await house.Visit(Plenaria.Platform.Access.Role.Member)
        );
        await city.Submit(
            people,
            "#add + form",
            ("Input.Name", "Aoife O'Malley"),
            ("Input.Email", "aoife.o'malley@citybridge.example"),
            ("Input.Role", "Contact")
        );
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await staff.Get("/en/outreach/ville-de-dakar")).Status);
        await Receive(
            house,
            """
            From: staff@example.org
            To: Aoife O'Malley <aoife.o'malley@citybridge.example>
            Cc: outreach@network.example
            Subject: your visit
            Message-ID: <visit@example.org>
            Date: Tue, 03 Mar 2026 10:00:00 +0100
            Content-Type: text/plain; charset=utf-8

            You are welcome in March.
            """
        );
        await Receive(
            house,
            """
            From: staff@example.org
            To: outreach@network.example
            Subject: Fwd: our visit
            Message-ID: <forwarded@example.org>
            Date: Wed, 04 Mar 2026 10:00:00 +0100
            Content-Type: text/plain; charset=utf-8

            For the file.

            ---------- Forwarded message ---------
            From: Aoife O'Malley <aoife.o'malley@citybridge.example>
            Date: Sat, 28 Feb 2026
            Subject: our visit
            To: Secretariat staff <staff@example.org>

            We come in March.
            """
        );
        var history = (await staff.Get(people)).Text("#moments ~ ol");
        Assert.Contains("We come in March.", history);
        Assert.Contains("You are welcome in March.", history);
        Assert.Contains("Aoife O'Malley", history);
        Assert.DoesNotContain("welcome in March", (await city.Get(people)).Body);
    }

    [Theory, BothDatabases]
    public async Task Whoever_asked_not_to_be_written_to_is_known_by_each_way_of_writing_the_address(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var person = await db.Set<Plenaria.Members.People.Person>()
                .SingleAsync(p => p.Email == "member@example.org");
            person.DoNotContact = true;
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), person.Stream, "members.person-edited", null, new { });
            await db.SaveChangesAsync();
            var preferences = services.GetRequiredService<Plenaria.Members.People.ContactPreferences>();
            Assert.Equal(
                ["Member@Example.org"],
                await preferences.Refusing(["Member@Example.org", "staff@example.org", "nobody@example.org"], default)
            );
            Assert.Empty(await preferences.Refusing([], default));
        });
        var staff = await house.Visit(Plenaria.Platform.Access.Role.Staff);
        await staff.Submit(
            "/en/members/people/erase?person=01900000-0000-7000-8000-000000000201",
            "main form",
            ("Input.Reason", "Asked for it"),
            ("Input.Confirmed", "true")
        );
        await house.Within(async s =>
            Assert.Empty(
                await s.GetRequiredService<Plenaria.Members.People.ContactPreferences>()
                    .Refusing(["member@example.org"], default)
            )
        );
    }

    /// <summary>Drives, reminders, notices: whatever the network sends on its own initiative passes one gate.</summary>
    [Theory, BothDatabases]
    public async Task Whoever_asked_not_to_be_written_to_gets_what_they_ask_for_and_nothing_else(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await house.Within(async services =>
        {
            var (db, outbox) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Outbox>());
            Task<bool> Offer(string to) =>
                outbox.QueueUnlessRefused(new(to, Language.English, "A drive", "Please contribute."), default);
            Assert.True(await Offer("member@example.org"));
            var person = await db.Set<Plenaria.Members.People.Person>()
                .SingleAsync(p => p.Email == "member@example.org");
            person.DoNotContact = true;
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), person.Stream, "members.person-edited", null, new { });
            await db.SaveChangesAsync();
            Assert.False(await Offer("Member@Example.org"));
            Assert.True(await Offer("staff@example.org"));
            outbox.QueueRequested("member@example.org", Language.English, "Your link", "Here.");
            await db.SaveChangesAsync();
            Assert.Equal(
                ["A drive", "Your link"],
                await db.Set<OutboxMessage>()
                    .Where(l => l.To == "member@example.org" && (l.Subject == "A drive" || l.Subject == "Your link"))
                    .OrderBy(l => l.Subject)
                    .Select(l => l.Subject)
                    .ToListAsync()
            );
        });
    }
}
