using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Plans.Import;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Writing;

/// <summary>Begins a plan by hand. A year has one plan.</summary>
[Allow(PlansModule.Edit)]
internal sealed class NewModel(
    PlenariaDb db,
    PlanStore plans,
    Journal journal,
    Network network,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    [BindProperty]
    public Fields Input { get; set; } = new();

    public void OnGet() => Input.Language = phrases.Language.Code;

    public Task RerenderAsync(CancellationToken cancel) => Task.CompletedTask;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var year = Input.Year!.Value;
        PlanImport.CheckYear(year);
        if (!Language.TryParse(Input.Language, out var language))
            throw new RuleViolationException("site.not-usable");
        var plan = await Numbering.Take(
            db,
            async () =>
            {
                if (await db.Set<WorkPlan>().AnyAsync(p => p.Year == year, cancel))
                    throw new RuleViolationException("plans.import.year-taken", ("year", $"{year}"));
                var acting = visitor.Acting();
                var plan = new WorkPlan
                {
                    Id = Guid.CreateVersion7(acting.At),
                    Year = year,
                    Reference = Reference.Of((await network.Profile(cancel)).Prefix, year),
                    Language = language,
                    Title = LocalizedText.Original(language, Input.Title!.Trim()),
                    ValidFor = string.IsNullOrWhiteSpace(Input.ValidFor)
                        ? Period.Of(new(year))
                        : Period.Parse(Input.ValidFor.Trim()),
                };
                db.Add(plan);
                await plans.Publish(plan, cancel);
                journal.Append(
                    acting,
                    plan.Stream,
                    "plans.created",
                    plan.Reference,
                    new
                    {
                        year,
                        title = plan.Title.ToString(),
                        validFor = plan.ValidFor.ToString(),
                    }
                );
                await db.SaveChangesAsync(cancel);
                return plan;
            },
            cancel
        );
        return Redirect($"/{phrases.Language}{plan.Path}");
    }

    internal sealed class Fields
    {
        [Required(ErrorMessage = "plans.import.year-needed")]
        public int? Year { get; set; }
        public string? Language { get; set; }

        [Required, StringLength(PlanAction.TitleMaxLength)]
        public string? Title { get; set; }

        [PeriodField]
        public string? ValidFor { get; set; }
    }
}
