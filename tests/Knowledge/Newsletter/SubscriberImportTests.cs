using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Newsletter.Issues;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Knowledge.Newsletter;

/// <summary>Subscribers that staff bring along in a spreadsheet, each with how they agreed.</summary>
public class SubscriberImportTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Theory, BothDatabases]
    public async Task Subscribers_come_with_their_consent_once_and_whoever_left_stays_away(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var list = await AddListAsync(house, "Cities of the region");
        var (one, two, gone) = (Address(), Address(), Address());
        await ImportAsync(staff, $"{gone};by letter;Cities of the region;en;2020-01-01\n");
        var left = (await FindAsync(house, gone))!;
        await house.Visit().Submit($"/en/newsletter/unsubscribe/{left.Token}", "main form");

        var rows =
            $"{one};at the assembly of 2019;Cities of the region;Français;17/05/2019\n"
            + $"{two.ToUpperInvariant()};by telephone;{list.Slug};;\n"
            + $"{one};twice;Cities of the region;fr;\n"
            + $"{gone};by letter;Cities of the region;en;\n"
            + $"{Address()};;Cities of the region;en;\n"
            + $"{Address()};by letter;No such list;en;\n"
            + $"{Address()};by letter;Cities of the region;xx;\n"
            + $"{Address()};by letter;Cities of the region;en;2999-01-01\n"
            + $"{Address()};by letter;Cities of the region;en;03/04/2019\n"
            + "nobody;by letter;Cities of the region;en;\n"
            + "\"Somebody <a@example.net>\";by letter;Cities of the region;en;\n"
            + "\"b@example.net\r\nBcc: c@example.net\";by letter;Cities of the region;en;\n";
        var review = await UploadAsync(staff, rows);
        Assert.Equal(("2", "10"), (Figure(review, "New"), Figure(review, "Rows left out")));
        Assert.Contains("only they can subscribe again", review.Text("main"));
        Assert.Null(await FindAsync(house, one));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Press(review, "main form", "Run")).Status);

        var first = (await FindAsync(house, one))!;
        Assert.Equal(
            (SubscriberState.Confirmed, Kernel.Language.French, "at the assembly of 2019", 2019),
            (first.State, first.Language, first.Wording, first.ConfirmedAt!.Value.Year)
        );
        Assert.Equal(list.Id, Assert.Single(first.Subscriptions).List);
        Assert.NotNull(await FindAsync(house, two));
        Assert.Equal(SubscriberState.Unsubscribed, (await FindAsync(house, gone))!.State);
        // The same again brings nothing; another list is added to what there is.
        var again = await UploadAsync(staff, $"{one};by letter;Cities of the region;fr;\n");
        Assert.Equal("1", Figure(again, "Unchanged"));
        var other = await AddListAsync(house, "Partners");
        await ImportAsync(staff, $"{one};by letter;Partners;fr;\n");
        Assert.Equal([list.Id, other.Id], (await FindAsync(house, one))!.Subscriptions.Select(s => s.List).Order());
    }

    [Theory, BothDatabases]
    public async Task Nobody_is_brought_back_who_left_a_list_deleted_their_data_or_never_confirmed(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var (name, other) = ($"List {Guid.NewGuid():N}", $"List {Guid.NewGuid():N}");
        var (list, second) = (await AddListAsync(house, name, isPublic: true), await AddListAsync(house, other));
        var (erased, left, unconfirmed) = (Address(), Address(), Address());
        await ImportAsync(
            staff,
            $"{erased};by letter;{name};;\n{left};by letter;{name};;\n{left};by letter;{other};;\n"
        );
        Assert.Equal(2, (await FindAsync(house, left))!.Subscriptions.Count);
        var visitor = house.Visit();
        var page = await visitor.Get($"/en/newsletter/preferences/{(await FindAsync(house, erased))!.Token}");
        await visitor.Press(page, "#erase", "Erase");
        await house
            .Visit()
            .Submit(
                $"/en/newsletter/preferences/{(await FindAsync(house, left))!.Token}",
                "#choices",
                ("lists", $"{Guid.Empty}")
            );
        Assert.Equal(second.Id, Assert.Single((await FindAsync(house, left))!.Subscriptions).List);
        await house
            .Visit()
            .Submit(
                "/en/newsletter/subscribe",
                "main form",
                ("Email", unconfirmed),
                ("lists", $"{list.Id}"),
                ("language", "en")
            );

        var review = await UploadAsync(
            staff,
            string.Concat(((string[])[erased, left, unconfirmed]).Select(e => $"{e};by letter;{name};;\n"))
        );
        Assert.Equal("3", Figure(review, "Rows left out"));
        Assert.Null(await FindAsync(house, erased));
        // Whoever left comes back by their own will.
        await house
            .Visit()
            .Submit(
                "/en/newsletter/subscribe",
                "main form",
                ("Email", erased),
                ("lists", $"{list.Id}"),
                ("language", "en")
            );
        Assert.Equal(SubscriberState.Unconfirmed, (await FindAsync(house, erased))!.State);
    }

    private static string Address() => $"reader-{Guid.NewGuid():N}@example.net";

    private static string Figure(Answer page, string name) =>
        page
            .Page.QuerySelectorAll("main form dl.facts dt")
            .Single(t => t.TextContent == name)
            .NextElementSibling!.TextContent;

    private static async Task<Answer> UploadAsync(Browser staff, string rows)
    {
        var sent = await staff.Upload(
            await staff.Get("/en/import/subscribers"),
            "main form",
            (
                "Document",
                "subscribers.csv",
                Encoding.UTF8.GetBytes("E-mail address;How they agreed;List;Language;Date of consent\n" + rows)
            ),
            ("WrittenIn", "en")
        );
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        return await staff.Get(sent.Location!);
    }

    private static async Task ImportAsync(Browser staff, string rows) =>
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Press(await UploadAsync(staff, rows), "main form", "Run")).Status
        );

    private static Task<MailingList> AddListAsync(TestHost house, string name, bool isPublic = false) =>
        house.Within(async s =>
        {
            var issues = s.GetRequiredService<IssueStore>();
            var named = LocalizedText.Original(Kernel.Language.English, name);
            var list = await issues.NewListAsync(named, house.Acting(), default);
            list.IsPublic = isPublic;
            await issues.WriteListAsync(list, house.Acting(), default);
            return list;
        });

    private static Task<Subscriber?> FindAsync(TestHost house, string email) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<Subscriber>()
                .AsNoTracking()
                .Include(x => x.Subscriptions)
                .SingleOrDefaultAsync(x => x.Email == email)
        );
}
