using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Comments;
using Plenaria.Exchange;
using Plenaria.Experiences;
using Plenaria.Experiences.Figures;
using Plenaria.Members;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Ties;

namespace Plenaria.Tests.Knowledge;

public class TieTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Theory, BothDatabases]
    public async Task An_answer_that_all_may_read_ties_two_members_and_a_private_one_does_not(Provider provider)
    {
        var house = await houses.On(provider);
        await house.Within(async services =>
        {
            var (dakar, porto) = await TwoMembers(services);
            var db = services.GetRequiredService<PlenariaDb>();
            foreach (
                var (kind, number) in ((ThreadKind, int)[])[(ThreadKind.Network, 7001), (ThreadKind.Contact, 7002)]
            )
            {
                var thread = new Plenaria.Exchange.Thread
                {
                    Id = Guid.CreateVersion7(),
                    Number = number,
                    Kind = kind,
                    Title = $"Question {number}",
                    Language = Language.English,
                    Member = dakar,
                    Other = kind == ThreadKind.Contact ? porto : null,
                    At = DateTimeOffset.UtcNow,
                };
                db.Add(thread);
                db.Add(
                    new Discussion
                    {
                        Id = thread.Id,
                        Kind = ThreadDiscussions.Kind,
                        Stream = thread.Stream,
                        IsFormal = false,
                    }
                );
                db.Add(
                    new Comment
                    {
                        Id = Guid.CreateVersion7(),
                        Discussion = thread.Id,
                        ByName = "Somebody",
                        Institution = "Porto Alegre",
                        Member = porto,
                        At = DateTimeOffset.UtcNow,
                        Text = LocalizedText.Original(Language.English, "An answer."),
                        IsAnswer = true,
                    }
                );
                services
                    .GetRequiredService<Journal>()
                    .Append(house.Acting(), thread.Stream, "exchange.asked", null, new { number });
            }
            await db.SaveChangesAsync();
            foreach (var end in (MemberId[])[dakar, porto])
            {
                var ties = await services
                    .GetRequiredService<ExchangeTies>()
                    .Of([TieEnd.Of(end)], Language.English, default);
                var tie = Assert.Single(ties, t => t.Path is "/exchange/7001" or "/exchange/7002");
                Assert.Equal((TieEnd.Of(porto), TieEnd.Of(dakar), "/exchange/7001"), (tie.A, tie.B, tie.Path));
                Assert.Contains("Question 7001", tie.Says, StringComparison.Ordinal);
            }
        });
    }

    [Theory, BothDatabases]
    public async Task A_practice_that_another_member_took_up_ties_both_once_it_is_confirmed(Provider provider)
    {
        var house = await houses.On(provider);
        await house.Within(async services =>
        {
            var (dakar, porto) = await TwoMembers(services);
            var db = services.GetRequiredService<PlenariaDb>();
            var practice = await db.Set<Experience>()
                .FirstAsync(e => e.State == EditorialState.Published && e.Owner != null && e.Owner != porto);
            var adoption = new Adoption
            {
                Id = Guid.CreateVersion7(),
                Experience = practice.Id,
                Member = porto,
                Who = "Porto Alegre",
                Country = "BR",
                At = DateTimeOffset.UtcNow,
            };
            db.Add(adoption);
            async Task<int> Save(string act)
            {
                services
                    .GetRequiredService<Journal>()
                    .Append(house.Acting(), practice.Stream, act, practice.Reference, new { });
                await db.SaveChangesAsync();
                return (
                    await services
                        .GetRequiredService<ExperienceTies>()
                        .Of([TieEnd.Of(practice.Owner!.Value)], Language.French, default)
                ).Count(t => t.A == TieEnd.Of(porto));
            }
            Assert.Equal(0, await Save("experiences.adoption-told"));
            adoption.IsConfirmed = true;
            Assert.Equal(1, await Save("experiences.adoption-confirmed"));
            Assert.NotEqual(dakar, porto);
        });
    }

    private static async Task<(MemberId Dakar, MemberId Porto)> TwoMembers(IServiceProvider services)
    {
        var members = services.GetRequiredService<IMembers>();
        return (
            (await members.Find("ville-de-dakar", default))!.Id,
            (await members.Find("prefeitura-de-porto-alegre", default))!.Id
        );
    }
}
