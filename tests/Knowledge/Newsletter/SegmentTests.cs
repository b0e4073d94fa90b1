using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Members;
using Plenaria.Newsletter.Issues;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Register;

namespace Plenaria.Tests.Knowledge.Newsletter;

/// <summary>What each reader gets depends on the part of the world they chose; drafts begin by themselves.</summary>
public class SegmentTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private const string University = "Curtin University",
        City = "Câmara Municipal de Cascais";

    [Theory, BothDatabases]
    public async Task News_of_the_readers_region_come_first_and_an_issue_may_go_to_one_region_alone(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var list = await AddListAsync(house);
        var (african, european, anywhere) = (
            await AddReaderAsync(house, list, "002"),
            await AddReaderAsync(house, list, "150"),
            await AddReaderAsync(house, list, null)
        );
        var issue = await WriteAsync(house, list, ["SN", "PT"]);

        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(staff, issue)).Status);
        var letter = await LetterAsync(house, african);
        Assert.Contains("From your region: Africa", letter.Text);
        Assert.True(Position(letter.Text, "in SN") < Position(letter.Text, "From the rest of the network"));
        Assert.True(Position(letter.Text, "From the rest of the network") < Position(letter.Text, "in PT"));
        Assert.Contains("From your region: Africa", letter.Html);
        var plain = await LetterAsync(house, anywhere);
        Assert.DoesNotContain("From your region", plain.Text);
        Assert.True(Position(plain.Text, "in SN") < Position(plain.Text, "in PT"));

        var second = await WriteAsync(house, list, ["PT"]);
        // Changed by a colleague of whoever sends it.
        var editor = await house.Visit(Role.Editor);
        await editor.Submit($"/en{second.DeskPath}", "#write", ("Input.Segment.Regions", "150"));
        var before = await staff.Get($"/en{second.DeskPath}/send");
        Assert.Contains(european, before.Text("main"));
        Assert.DoesNotContain(african, before.Text("main"));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(before, "#confirm")).Status);
        Assert.Equal(
            (1, 2, 1),
            (await CountAsync(house, african), await CountAsync(house, european), await CountAsync(house, anywhere))
        );
    }

    [Theory, BothDatabases]
    public async Task A_draft_begins_by_itself_when_there_is_something_to_tell_and_is_its_first_editors(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var (editor, staff) = (await house.Visit(Role.Editor), await house.Visit(Role.Staff));
        var list = await AddListAsync(house, DraftRhythm.Monthly);
        await AddReaderAsync(house, list, null);
        await AssembleAsync(house);
        var draft = Assert.Single(await IssuesAsync(house, list));
        Assert.True(draft.IsAssembled);
        Assert.NotEmpty(draft.Entries);
        Assert.Equal(Kernel.Language.All.Count, draft.Complete.Count());
        // There is one already.
        await AssembleAsync(house);
        Assert.Single(await IssuesAsync(house, list));

        Assert.Contains("Review the newsletter draft", (await editor.Get("/en/workspace")).Text("main"));
        var page = await editor.Get($"/en{draft.DeskPath}");
        await editor.Press(page, ".entry", "Remove", ("entry", $"{draft.Entries[0]}"));
        Assert.DoesNotContain(draft.DeskPath, (await editor.Get("/en/workspace")).Body);
        Assert.Contains(
            "changed the issue last cannot send it",
            (await editor.Get($"/en{draft.DeskPath}/send")).Text("main")
        );
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(staff, draft)).Status);
        // A month later it is time again, but nothing was published since.
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<Issue>()
                .Where(i => i.Id == draft.Id)
                .ExecuteUpdateAsync(x => x.SetProperty(i => i.SentAt, DateTimeOffset.UtcNow.AddDays(-3)))
        );
        await AssembleAsync(house);
        Assert.Single(await IssuesAsync(house, list));
    }

    [Theory, BothDatabases]
    public async Task An_issue_goes_to_those_interested_in_a_theme_or_of_members_of_a_kind_or_of_the_silent(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var (staff, editor) = (await house.Visit(Role.Staff), await house.Visit(Role.Editor));
        var list = await AddListAsync(house);
        var (culture, business, anything) = (
            await AddReaderAsync(house, list, null, ["issues:culture"]),
            await AddReaderAsync(house, list, null, ["issues:business"]),
            await AddReaderAsync(house, list, null)
        );
        var (university, city) = (
            await AddDelegateAsync(house, list, University, acted: true),
            await AddDelegateAsync(house, list, City, acted: false)
        );

        async Task<string> ReachedAsync(params (string, string)[] segment)
        {
            var issue = await WriteAsync(house, list, ["SN"]);
            Assert.Equal(
                HttpStatusCode.Redirect,
                (await editor.Submit($"/en{issue.DeskPath}", "#write", segment)).Status
            );
            return (await staff.Get($"/en{issue.DeskPath}/send")).Text("main");
        }

        var themes = await ReachedAsync(
            ("Input.Segment.Themes", "issues:culture"),
            ("Input.Segment.Themes", "issues:none-such")
        );
        Assert.Contains("Only for readers interested in: Culture, arts and leisure", themes);
        Assert.Equal(
            (true, false, true),
            (themes.Contains(culture), themes.Contains(business), themes.Contains(anything))
        );
        var kinds = await ReachedAsync(("Input.Segment.Kinds", "university"));
        Assert.Contains("Only for people of members of these kinds: University", kinds);
        Assert.Equal(
            (true, false, false),
            (kinds.Contains(university), kinds.Contains(city), kinds.Contains(anything))
        );
        var active = await ReachedAsync(("Input.Segment.Activity", "Active"));
        Assert.Equal((true, false), (active.Contains(university), active.Contains(anything)));
        var silent = await ReachedAsync(("Input.Segment.Activity", "Silent"), ("Input.Segment.Kinds", "university"));
        Assert.Contains("Nobody would receive this issue", silent);
    }

    [Theory, BothDatabases]
    public async Task An_issue_leaves_out_those_of_whom_a_fact_is_true_and_a_confirmation_is_bound_to_it(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var (staff, editor) = (await house.Visit(Role.Staff), await house.Visit(Role.Editor));
        var list = await AddListAsync(house);
        var (african, culture, anything) = (
            await AddReaderAsync(house, list, "002"),
            await AddReaderAsync(house, list, "150", ["issues:culture"]),
            await AddReaderAsync(house, list, null)
        );
        var (university, city) = (
            await AddDelegateAsync(house, list, University, acted: true),
            await AddDelegateAsync(house, list, City, acted: false)
        );
        string[] all = [african, culture, anything, university, city];
        var issue = await WriteAsync(house, list, ["SN"]);

        async Task<Answer> LeaveOutAsync(params (string, string)[] except)
        {
            Assert.Equal(
                HttpStatusCode.Redirect,
                (await editor.Submit($"/en{issue.DeskPath}", "#write", except)).Status
            );
            return await staff.Get($"/en{issue.DeskPath}/send");
        }

        async Task AssertLeftOutAsync(string says, string[] leftOut, params (string, string)[] except)
        {
            var text = (await LeaveOutAsync(except)).Text("main");
            Assert.Contains(says, text);
            Assert.Contains($"For {all.Length - leftOut.Length} subscribers", text);
            Assert.Equal(leftOut, all.Where(a => !text.Contains(a, StringComparison.Ordinal)));
        }

        await AssertLeftOutAsync(
            "Not for readers in: Africa",
            [african],
            ("Input.Segment.Except.Regions", "002"),
            ("Input.Segment.Except.Regions", "none-such")
        );
        // What is ticked in a form stays so: each time another issue.
        issue = await WriteAsync(house, list, ["SN"]);
        await AssertLeftOutAsync(
            "Not for readers interested in: Culture, arts and leisure",
            [culture],
            ("Input.Segment.Except.Themes", "issues:culture")
        );
        issue = await WriteAsync(house, list, ["SN"]);
        await AssertLeftOutAsync(
            "Not for people of members of these kinds: University",
            [university],
            ("Input.Segment.Except.Kinds", "university")
        );
        issue = await WriteAsync(house, list, ["SN"]);
        await AssertLeftOutAsync(
            "Not for people of members that did not take part",
            [city],
            ("Input.Segment.Except.Activity", "Silent")
        );
        // One fact is enough, and what was chosen stands in the form again.
        issue = await WriteAsync(house, list, ["SN"]);
        await AssertLeftOutAsync(
            "Not for readers in: Africa",
            [african, university, city],
            ("Input.Segment.Except.Kinds", "university"),
            ("Input.Segment.Except.Activity", "Silent"),
            ("Input.Segment.Except.Regions", "002")
        );
        var form = (await editor.Get($"/en{issue.DeskPath}")).Page;
        Assert.NotNull(form.QuerySelector("input[name='Input.Segment.Except.Kinds'][value='university'][checked]"));
        Assert.NotNull(
            form.QuerySelector("select[name='Input.Segment.Except.Activity'] option[value='Silent'][selected]")
        );

        var seen = await staff.Get($"/en{issue.DeskPath}/send");
        await AddReaderAsync(house, list, "002");
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(seen, "#confirm")).Status);
        Assert.Equal(
            (0, 1, 1, 0, 0),
            (
                await CountAsync(house, african),
                await CountAsync(house, culture),
                await CountAsync(house, anything),
                await CountAsync(house, university),
                await CountAsync(house, city)
            )
        );
    }

    [Fact]
    public async Task Another_segment_is_another_audience_even_where_it_reaches_the_same_readers()
    {
        var house = await houses.On(Provider.Sqlite);
        var list = await AddListAsync(house);
        await AddReaderAsync(house, list, "150");
        var issue = await WriteAsync(house, list, ["SN"]);

        Task<string> HashAsync(IssueSegment segment) =>
            house.Within(async s =>
            {
                issue.Segment = segment;
                return (await s.GetRequiredService<AudienceFinder>().FindAsync(issue, default)).Hash;
            });

        var everybody = await HashAsync(IssueSegment.Everybody);
        Assert.Equal(everybody, await HashAsync(new()));
        Assert.NotEqual(everybody, await HashAsync(new() { Except = new() { Regions = ["002"] } }));
    }

    [Fact]
    public async Task The_preview_is_the_letter_and_nothing_in_it_runs()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var issue = await WriteAsync(house, await AddListAsync(house), ["SN"]);
        var page = await staff.Get($"/en{issue.DeskPath}");
        var frames = page.Page.QuerySelectorAll("iframe");
        Assert.Equal(2, frames.Length);
        Assert.All(frames, f => Assert.True(f.HasAttribute("sandbox")));
        var preview = await staff.Get(frames[0].GetAttribute("src")!);
        Assert.Contains("in SN", preview.Text("h3"));
        Assert.Contains("sandbox", preview.Response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(HttpStatusCode.Redirect, (await house.Visit().Get(frames[0].GetAttribute("src")!)).Status);
    }

    private static int Position(string text, string part)
    {
        var at = text.IndexOf(part, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{part} is missing");
        return at;
    }

    private static Task<Answer> SendAsync(Browser staff, Issue issue) =>
        staff.Submit($"/en{issue.DeskPath}/send", "#confirm");

    private static Task AssembleAsync(TestHost house) =>
        house.Within(s => s.GetRequiredService<IssueAssembly>().AssembleDueAsync(house.Acting(), default));

    private static Task<List<Issue>> IssuesAsync(TestHost house, MailingList list) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>().Set<Issue>().AsNoTracking().Where(i => i.List == list.Id).ToListAsync()
        );

    private static Task<OutboxMessage> LetterAsync(TestHost house, string email) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>().Set<OutboxMessage>().AsNoTracking().SingleAsync(l => l.To == email)
        );

    private static Task<int> CountAsync(TestHost house, string email) =>
        house.Within(s => s.GetRequiredService<PlenariaDb>().Set<OutboxMessage>().CountAsync(l => l.To == email));

    private static Task<MailingList> AddListAsync(TestHost house, DraftRhythm rhythm = DraftRhythm.Never) =>
        house.Within(async s =>
        {
            var issues = s.GetRequiredService<IssueStore>();
            var name = LocalizedText.Original(Kernel.Language.English, $"List {Guid.NewGuid():N}");
            var list = await issues.NewListAsync(name, house.Acting(), default);
            (list.IsPublic, list.Rhythm) = (true, rhythm);
            await issues.WriteListAsync(list, house.Acting(), default);
            return list;
        });

    private static async Task<string> AddDelegateAsync(TestHost house, MailingList list, string member, bool acted)
    {
        var (email, _) = await house.OpenDelegate(member);
        return await house.Within(async s =>
        {
            var (db, acting) = (s.GetRequiredService<PlenariaDb>(), house.Acting());
            var reader = Reader(email);
            reader.Account = (await s.GetRequiredService<Accounts>().FindByAddressAsync([email], default))[email];
            reader.Ask(new(Kernel.Language.English, null, []), [list.Id], "", "", acting.At);
            reader.Confirm("", acting.At);
            if (acted)
            {
                var line = (await s.GetRequiredService<IMembers>().Find(member, default))!;
                acting = acting with { OnBehalfOf = new(line.Id, member) };
            }
            await s.GetRequiredService<SubscriberStore>().AddAsync(reader, acting, default);
            return email;
        });
    }

    private static Subscriber Reader(string email) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Email = email,
            EmailHash = Subscriber.HashOf(email),
            Language = Kernel.Language.English,
            Token = Accounts.Secret(),
        };

    private static Task<string> AddReaderAsync(
        TestHost house,
        MailingList list,
        string? region,
        IReadOnlyList<string>? themes = null
    ) =>
        house.Within(async s =>
        {
            var (email, acting) = ($"reader-{Guid.NewGuid():N}@example.net", house.Acting());
            var reader = Reader(email);
            reader.Ask(new(Kernel.Language.English, region, themes ?? []), [list.Id], "", "", acting.At);
            reader.Confirm("", acting.At);
            await s.GetRequiredService<SubscriberStore>().AddAsync(reader, acting, default);
            return email;
        });

    /// <summary>An issue of nobody's, which points to a record in each of the countries.</summary>
    private static Task<Issue> WriteAsync(TestHost house, MailingList list, IReadOnlyList<string> countries) =>
        house.Within(async s =>
        {
            var (issues, register, db) = (
                s.GetRequiredService<IssueStore>(),
                s.GetRequiredService<Register>(),
                s.GetRequiredService<PlenariaDb>()
            );
            LocalizedText Text(string text) => LocalizedText.Original(Kernel.Language.English, text);
            var entries = new List<Reference>();
            foreach (var country in countries)
            {
                var reference = Reference.Of("OIDP", "P", Random.Shared.Next(100_000, 999_999));
                entries.Add(reference);
                await register.Publish(
                    new(
                        reference,
                        "page",
                        $"/pages/{reference}",
                        Text($"What happened in {country}"),
                        LocalizedText.Empty
                    )
                    {
                        Place = country,
                    },
                    LocalizedText.Empty,
                    Audience.Public,
                    default
                );
            }
            var issue = await issues.NewAsync(list.Id, Text($"Letter {Guid.NewGuid():N}"), house.Acting(), default);
            issue.Add(entries);
            await issues.RecordAsync(issue, "newsletter.written", house.Acting(), default);
            return issue;
        });
}
