using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Plans.Reports;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Governance.Plans.Reports;

/// <summary>The Secretariat's forms, by somebody who has signed in as staff.</summary>
public class ReportFormsTests
{
    private static Task<AnnualReport?> Find(TestHost house, string reference) =>
        house.Within(s => s.GetRequiredService<ReportStore>().Find(reference, default));

    [Theory, BothDatabases]
    public async Task A_report_goes_from_form_to_closing_and_erratum(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        var refused = await staff.Submit(
            "/fr/reports/new",
            "#new",
            ("Input.From", "bientôt"),
            ("Input.To", "2013-12-31"),
            ("Input.Introduction", "Une <année>.")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("n’est pas une date", refused.Text(".field-validation-error"));
        Assert.Equal(
            ("bientôt", "Une <année>."),
            (refused.Page.QuerySelector("[name='Input.From']")!.GetAttribute("value")!, refused.Text("textarea"))
        );
        var backwards = await staff.Submit(refused, "#new", ("Input.From", "2014"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, backwards.Status);
        Assert.NotEmpty(backwards.Text(".validation-summary-errors"));
        var opened = await staff.Submit(backwards, "#new", ("Input.From", "2013-01-01"));
        Assert.Equal("/fr/reports/OIDP-2013-B03/edit", opened.Location);

        var form = await staff.Get(opened.Location!);
        Assert.Equal(17, form.Page.QuerySelectorAll("fieldset").Length);
        var long_ = await staff.Submit(
            form,
            "#edit",
            ("Input.Actions[2].Note", new string('x', AnnualReport.NoteMaxLength + 1)),
            ("Input.Title", " ")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, long_.Status);
        Assert.Equal(2, long_.Page.QuerySelectorAll(".field-validation-error").Length);
        var saved = await staff.Submit(
            form,
            "#edit",
            ("Input.Actions[2].Note", "Rien encore."),
            ("Input.Actions[2].Achievement", "NotAchieved"),
            ("Input.Actions[2].Fate", "Transferred")
        );
        Assert.Equal("/fr/reports/OIDP-2013-B03", saved.Location);

        // The same form again was begun on an older state: refused, what was typed is kept, and the next attempt is on
        // the present state.
        var late = await staff.Submit(form, "#edit", ("Input.Introduction", "Un autre texte."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.NotEmpty(late.Text(".validation-summary-errors"));
        Assert.Equal("Un autre texte.", late.Text("[name='Input.Introduction']"));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(late, "#edit")).Status);
        Assert.Equal("Un autre texte.", (await Find(house, "OIDP-2013-B03"))!.Introduction.ToString());

        var preview = await staff.Get($"{saved.Location}/close");
        var second = await staff.Get($"{saved.Location}/close");
        var closed = await staff.Submit(preview, "#confirm");
        Assert.Equal(saved.Location, closed.Location);
        Assert.True((await Find(house, "OIDP-2013-B03"))!.IsClosed);
        Assert.Equal(closed.Location, (await staff.Submit(preview, "#confirm")).Location);
        var again = await staff.Submit(second, "#confirm");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("arrêté", again.Text(".validation-summary-errors"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(form, "#edit")).Status);

        var empty = await staff.Submit($"{closed.Location}/erratum", "#erratum", ("Input.Text", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        Assert.NotEmpty(empty.Text(".field-validation-error"));
        var erratum = await staff.Submit(empty, "#erratum", ("Input.Text", "Lire sept."));
        Assert.Equal($"{closed.Location}#erratum-1", erratum.Location);
        Assert.Contains("Lire sept.", (await staff.Get(closed.Location!)).Text("#erratum-1"));
        Assert.Contains("Secretariat staff", (await staff.Get(closed.Location!)).Text("#erratum-1"));
    }

    [Theory, BothDatabases]
    public async Task The_secretariat_sees_its_drafts_and_an_empty_one_does_not_close(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        Assert.Contains("OIDP-2013-B02", (await staff.Get("/en/reports")).Body);
        Assert.Equal(HttpStatusCode.OK, (await staff.Get("/en/reports/OIDP-2013-B02.docx")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get("/en/reports/OIDP-2013-B02/erratum")).Status);
        Assert.Equal("/en/reports/OIDP-2013-B01", (await staff.Get("/en/reports/OIDP-2013-B01/edit")).Location);
        var opened = await staff.Submit("/en/reports/new", "#new", ("Input.From", "1950"), ("Input.To", "1950"));
        Assert.Equal("/en/reports/OIDP-1950-B01/edit", opened.Location);
        var refused = await staff.Get("/en/reports/OIDP-1950-B01/close");
        Assert.Contains("No action falls within this period", refused.Text("#obstacle"));
        Assert.Null(refused.Page.QuerySelector("#confirm"));
        var report = (await Find(house, "OIDP-1950-B01"))!;
        Assert.Equal(
            "plans.report.empty",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    house.Within(s =>
                        s.GetRequiredService<ReportStore>()
                            .Close("OIDP-1950-B01", report.Version, house.Acting(), default)
                    )
                )
            ).Key
        );
    }

    [Theory, BothDatabases]
    public async Task A_report_is_closed_as_it_was_read(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        Assert.Null((await staff.Get("/en/reports/OIDP-2013-B02")).Page.QuerySelector("main form[action$='/close']"));
        var read = await staff.Get("/en/reports/OIDP-2013-B02/close");
        var missing = read.Page.QuerySelector("section.warn")!;
        Assert.Contains("/en/reports/OIDP-2013-B02?achievement=NotAssessed#actions", missing.InnerHtml);
        Assert.Contains("cannot be opened again", read.Text("section:has(#final)"));
        // Not the report: what it reports.
        await staff.Submit("/en/plans/2013/actions/4/progress", "main form", ("Input.State", "Dropped"));
        var refused = await staff.Submit(read, "#confirm");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Somebody else has changed this", refused.Text("[role=alert]"));
        Assert.False((await Find(house, "OIDP-2013-B02"))!.IsClosed);
        Assert.Equal("/en/reports/OIDP-2013-B02", (await staff.Submit(refused, "#confirm")).Location);
        Assert.True((await Find(house, "OIDP-2013-B02"))!.IsClosed);
    }
}
