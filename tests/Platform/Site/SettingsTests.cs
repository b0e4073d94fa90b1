using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Site;

namespace Plenaria.Tests.Platform.Site;

public class SettingsTests
{
    [Theory, BothDatabases]
    public async Task What_is_switched_off_is_absent_and_comes_back_whole(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get("/en/members")).Status);
        var page = await staff.Get("/en/settings");
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit(page, "main form", ("Input.On", "Plans"), ("Input.Names[3]", "Réseau"))).Status
        );
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/en/members")).Status);
        Assert.DoesNotContain(
            "/en/members",
            (await house.Visit().Get("/en/plans")).Text("header")
                + (await house.Visit().Get("/en/plans")).Page.QuerySelector("header")!.InnerHtml
        );
        Assert.Contains(">", (await house.Visit().Get("/en")).Body);
        // The same form again is an older state by now, and what was typed stays.
        var late = await staff.Submit(page, "main form", ("Input.ShortName", "Other"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Equal("Other", late.Page.QuerySelector("#Input_ShortName")!.GetAttribute("value"));
        // Whoever was told saves next on what is stored now.
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(late, "main form", ("Input.On", "Plans"))).Status);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit("/en/settings", "main form", ("Input.On", "Plans"), ("Input.On", "Members"))).Status
        );
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get("/en/members")).Status);
    }

    [Theory, BothDatabases]
    public async Task A_part_that_another_uses_is_switched_off_after_it(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        var refused = await staff.Submit(
            "/en/settings",
            "main form",
            ("Input.On", "Plans"),
            ("Input.On", "Sessions"),
            ("Input.ShortName", "Kept")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("needs", refused.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Equal("Kept", refused.Page.QuerySelector("#Input_ShortName")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get("/en/members")).Status);
    }

    [Fact]
    public async Task A_translation_that_nobody_touched_is_stale_once_its_original_changed()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var page = await staff.Get("/en/settings");
        var name = (await house.Within(s => s.GetRequiredService<Network>().Profile())).Name;
        var field = $"Input.Names[{Language.All.ToList().IndexOf(name.Source!.Value)}]";
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(page, "main form", (field, "Another name"))).Status);
        var renamed = (await house.Within(s => s.GetRequiredService<Network>().Profile())).Name;
        Assert.Equal("Another name", renamed.In(name.Source!.Value)!.Text);
        Assert.All(
            Language.All.Where(l => l != name.Source),
            l => Assert.Equal(WordingState.Stale, renamed.In(l)!.State)
        );
    }

    [Fact]
    public async Task Who_stands_behind_the_network_is_named_at_the_foot_of_every_page()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var page = await staff.Get("/en/settings");
        var row = page.Page.QuerySelectorAll("[name^='Input.Partners'][name$='Name']").Length - 1;
        var (name, website) = ($"Input.Partners[{row}].Name", $"Input.Partners[{row}].Website");
        var half = await staff.Submit(page, "main form", (name, "Harbour Union"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, half.Status);
        Assert.Equal("Harbour Union", half.Page.QuerySelector($"[name='{name}']")!.GetAttribute("value"));
        Assert.Equal("true", half.Page.QuerySelector($"[name='{website}']")!.GetAttribute("aria-invalid"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit(half, "main form", (website, "harbour-union.example"))).Status
        );
        var link = (await house.Visit().Get("/fr/members")).Page.QuerySelector(
            ".site-foot li:last-child > a[rel=external]"
        )!;
        Assert.Equal("Harbour Union", link.TextContent);
        Assert.Equal("https://harbour-union.example/", link.GetAttribute("href"));
        // A row that is emptied is gone, the others stay.
        var kept = await staff.Get("/en/settings");
        name = kept.Page.QuerySelector("[value='Harbour Union']")!.GetAttribute("name")!;
        website = name.Replace("Name", "Website", StringComparison.Ordinal);
        var emptied = await staff.Submit(kept, "main form", (name, ""), (website, ""));
        Assert.Equal(HttpStatusCode.Redirect, emptied.Status);
        Assert.Single((await house.Visit().Get("/fr")).Page.QuerySelectorAll(".foot-partners li + li"));
        Assert.DoesNotContain("Harbour", (await house.Visit().Get("/fr")).Text(".site-foot"), StringComparison.Ordinal);
    }
}
