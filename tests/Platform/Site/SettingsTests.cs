using System.Net;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Platform.Site;

public class SettingsTests
{
    [Theory, BothDatabases]
    public async Task What_is_switched_off_is_absent_and_comes_back_whole(Provider provider)
    {
        await using var house = await TestHouse.Open(provider);
        var staff = await house.Visit(Role.Staff);
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get("/en/members")).Status);
        var page = await staff.Get("/en/settings");
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(page, "main form", ("Input.On", "Plans"), ("Input.Names[3]", "Réseau"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/en/members")).Status);
        Assert.DoesNotContain("/en/members", (await house.Visit().Get("/en/plans")).Text("header") + (await house.Visit().Get("/en/plans")).Page.QuerySelector("header")!.InnerHtml);
        Assert.Contains(">", (await house.Visit().Get("/en")).Body);
        // The same form again is an older state by now, and what was typed stays.
        var late = await staff.Submit(page, "main form", ("Input.ShortName", "Other"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Equal("Other", late.Page.QuerySelector("#Input_ShortName")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit("/en/settings", "main form", ("Input.On", "Plans"), ("Input.On", "Members"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get("/en/members")).Status);
    }
}
