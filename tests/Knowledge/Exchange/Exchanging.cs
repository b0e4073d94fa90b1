using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Knowledge.Exchange;

/// <summary>What the tests of this module do again and again.</summary>
internal static class Exchanging
{
    public static Task<List<OutboxMessage>> LettersTo(this TestHost house, string to) =>
        house.Within(async services =>
            await services
                .GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .AsNoTracking()
                .Where(l => l.To == to && l.ReplyToken != null || l.To == to && l.Subject.Contains(": "))
                .OrderBy(l => l.Id)
                .ToListAsync()
        );

    /// <summary>The regional person of the sample works for one office alone.</summary>
    public static async Task<Browser> WorksFor(this TestHost house, string office)
    {
        await house.Within(async services =>
        {
            var (db, accounts) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Accounts>());
            var account = await db.Set<Account>().SingleAsync(a => a.Email == "regional@example.org");
            await accounts.Revoke(account.Id, Role.Regional, Scope.Everywhere, house.Acting(), default);
            await accounts.Grant(
                account.Id,
                Role.Regional,
                Scope.Of(await OfficeId(services, office)),
                office,
                house.Acting(),
                default
            );
            await db.SaveChangesAsync();
        });
        return await house.Visit(Role.Regional);
    }

    public static async Task<OfficeId> OfficeId(IServiceProvider services, string slug) =>
        (
            await services
                .GetRequiredService<PlenariaDb>()
                .Set<Plenaria.Members.Offices.RegionalOffice>()
                .AsNoTracking()
                .SingleAsync(o => o.Slug == slug)
        ).Id;

    public static async Task<string> Ask(this Browser who, string title, string text = "Who has done this before?")
    {
        var asked = await who.Submit("/en/exchange/ask", "main form", ("Input.Title", title), ("Input.Text", text));
        Assert.Equal(HttpStatusCode.Redirect, asked.Status);
        return asked.Location![3..];
    }

    public static async Task<Answer> Reply(this Browser who, string path, string text) =>
        await who.Submit("/en" + path, "#post", ("Input.Text", text));

    public static Task Mail(this TestHost house, string from, string token, string messageId, string text) =>
        house.Within(services =>
            InboundMail.Receive(
                new MemoryStream(
                    Encoding.UTF8.GetBytes(
                        $"""
                        From: {from}
                        To: plenaria+{token}@localhost
                        Subject: Re: question
                        Message-ID: <{messageId}@example.org>
                        Date: Tue, 03 Mar 2026 10:00:00 +0100
                        Content-Type: text/plain; charset=utf-8

                        {text}
                        """.ReplaceLineEndings("\r\n")
                    )
                ),
                services,
                default
            )
        );
}
