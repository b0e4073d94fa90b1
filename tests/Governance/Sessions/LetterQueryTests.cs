using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Sessions;
using Plenaria.Sessions.Consultations;

namespace Plenaria.Tests.Governance.Sessions;

/// <summary>Letters to many members ask for the people of all of them at once.</summary>
public class LetterQueryTests
{
    private static int Count(IEnumerable<CountedQuery> queries, string table) =>
        queries.Count(q => q.Sql.Contains(table, StringComparison.Ordinal));

    private static async Task ManyAct(TestHost house)
    {
        foreach (
            var (role, member) in (IEnumerable<(Role, string)>)
                [(Role.Juror, "ajuntament-de-barcelona"), (Role.Translator, "intendencia-de-montevideo")]
        )
            await house.ActsFor(role, member);
    }

    [Theory, BothDatabases]
    public async Task Letters_to_several_members_ask_once_for_their_people_and_who_of_them_refuses_mail(
        Provider provider
    )
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        await ManyAct(house);
        LettersResult? result = null;
        var queries = await counter.During(
            "",
            () =>
                house.Within(async services =>
                {
                    var (letters, acting) = (services.GetRequiredService<MemberLetters>(), house.Acting());
                    var all = await services.GetRequiredService<IMembers>().Present(null, default);
                    result = await letters.Write(
                        await letters.FindAddresseesAsync(all.Select(m => (m.Id, m.Name)), acting.At, default),
                        "consultations.mail.asked",
                        _ => [("title", "Counted"), ("until", null), ("version", 1), ("link", "/")],
                        default
                    );
                    await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
                })
        );
        Assert.True(result!.Written > 2);
        Assert.NotEmpty(result.Unreached);
        Assert.Equal(1, Count(queries, "members_people"));
        Assert.Equal(1, Count(queries, "access_grants"));
    }

    [Theory, BothDatabases]
    public async Task A_notice_and_the_page_before_it_ask_once_for_the_people_of_all_members(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        await ManyAct(house);
        var meeting = await Meeting.Plan(house);
        // Who is signed in is asked once for each request.
        var page = await counter.During("access_grants", () => meeting.Staff.Get($"/en{meeting.Path}/convene"));
        // The people of the members, and their delegates.
        Assert.InRange(page.Count, 2, 3);
        Answer? sent = null;
        var convened = await counter.During("access_grants", async () => sent = await meeting.Planning("Convene"));
        Assert.Equal(HttpStatusCode.Redirect, sent!.Status);
        Assert.NotEmpty((await meeting.Stored()).Unreached);
        // The page again, and the people for the letters.
        Assert.InRange(convened.Count, 3, 5);
    }

    [Theory, BothDatabases]
    public async Task A_round_of_a_consultation_is_ended_with_one_question_for_the_people_of_all_members(
        Provider provider
    )
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        await ManyAct(house);
        var reference = await house.Within(async services =>
        {
            var (store, acting) = (services.GetRequiredService<ConsultationStore>(), house.Acting());
            var title = LocalizedText.Original(Language.English, "Counted");
            var consultation = await store.New(title, acting.Today.AddDays(30), acting, default);
            await store.Change(
                consultation,
                "sessions.consultation-begun",
                acting,
                () => consultation.Begin(acting.At).Text = LocalizedText.Original(Language.English, "One paragraph."),
                default
            );
            await store.Open(consultation, house.Address, acting, default);
            return consultation.Reference.ToString();
        });
        var queries = await counter.During(
            "access_grants",
            () =>
                house.Within(async services =>
                {
                    var store = services.GetRequiredService<ConsultationStore>();
                    var found = (await store.Find(reference, default, toEdit: true))!;
                    await store.EndRound(found, null, house.Address, house.Acting(), default);
                })
        );
        Assert.Single(queries);
    }
}
