using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Follow;

[Allow(PlansModule.Edit)]
internal sealed class EditModel(PlenariaDb db, PlanStore plans, Journal journal, Visitor visitor, Phrases phrases) : PageModel, IRerenders
{

    public WorkPlan Plan { get; private set; } = null!;
    public PlanAction Action { get; private set; } = null!;
    public Language Editing { get; private set; }

    [BindProperty] public Fields Input { get; set; } = new();
    [BindProperty(SupportsGet = true, Name = "in")] public string? In { get; set; }

    public async Task<IActionResult> OnGetAsync(int year, int number, CancellationToken cancel)
    {
        if (!await Load(year, number, cancel))
            return NotFound();
        string Word(LocalizedText text) => text.In(Editing)?.Text ?? "";
        Input = new()
        {
            Version = Action.Version, Title = Word(Action.Title), Purpose = Word(Action.Purpose), Text = Word(Action.Text), Lead = Action.Lead is null ? "" : Word(Action.Lead.Name),
            Condition = Word(Action.Condition), Exclusion = Word(Action.Exclusion), OpenList = Word(Action.OpenList), OurRole = Action.OurRole,
            Planned = Action.Planned?.ToString(), CarriedOut = Action.CarriedOut?.ToString(), BudgetLine = Action.BudgetLine, Responsible = Action.Responsible,
        };
        return Page();
    }

    public Task RerenderAsync(CancellationToken cancel) => Load(int.Parse((string)RouteData.Values["year"]!, null), int.Parse((string)RouteData.Values["number"]!, null), cancel);

    public async Task<IActionResult> OnPostAsync(int year, int number, CancellationToken cancel)
    {
        if (!await Load(year, number, cancel))
            return NotFound();
        PlenariaDb.Expect(Action, Input.Version);
        var before = PlanVersion.Describe(Action);
        Action.Title = Changed(Action.Title, Input.Title);
        Action.Purpose = Changed(Action.Purpose, Input.Purpose);
        Action.Text = Changed(Action.Text, Input.Text);
        var lead = Changed(Action.Lead?.Name ?? LocalizedText.Empty, Input.Lead);
        Action.Lead = lead.IsEmpty ? null : (Action.Lead ?? new(lead)) with { Name = lead };
        Action.Condition = Changed(Action.Condition, Input.Condition);
        Action.Exclusion = Changed(Action.Exclusion, Input.Exclusion);
        Action.OpenList = Changed(Action.OpenList, Input.OpenList);
        (Action.OurRole, Action.BudgetLine, Action.Responsible) = (Input.OurRole, Input.BudgetLine, Input.Responsible);
        (Action.Planned, Action.CarriedOut) = (Read(Input.Planned), Read(Input.CarriedOut));
        if (Action.Title.IsEmpty)
            throw new RuleBroken("plans.edit.title-missing");
        await plans.Publish(Plan, Action, cancel);
        journal.Record(visitor.Acting(Input.Why), Plan.Stream, "plans.action-edited", Action.Reference, new { before, after = PlanVersion.Describe(Action) });
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{Plan.PathOf(Action)}");
    }

    /// <summary>The original is edited in the plan's language; every other language is a translation of it.</summary>
    private LocalizedText Changed(LocalizedText text, string? words)
    {
        words = words?.ReplaceLineEndings("\n").Trim() ?? "";
        if (text.In(Editing)?.Text == words || text.In(Editing) is null && words.Length == 0)
            return text;
        var source = text.Source ?? Plan.Language;
        return Editing != source && !text.IsEmpty ? text.WithTranslation(Editing, words)
            : words.Length == 0 ? LocalizedText.Empty
            : text.IsEmpty ? LocalizedText.Original(Editing, words) : text.WithOriginal(Editing, words);
    }

    private static Period? Read(string? text) => string.IsNullOrWhiteSpace(text) ? null : Period.Parse(text.Trim());

    private async Task<bool> Load(int year, int number, CancellationToken cancel)
    {
        if (await plans.Find(year, cancel, toEdit: true) is not { } plan || plan.Actions.Find(a => a.Number == number) is not { } action)
            return false;
        (Plan, Action, Editing) = (plan, action, Language.TryParse(In, out var language) ? language : plan.Language);
        return true;
    }

    internal sealed class Fields
    {
        public int Version { get; set; }
        [StringLength(PlanAction.TitleMaxLength)] public string? Title { get; set; }
        [StringLength(PlanAction.TextMaxLength)] public string? Purpose { get; set; }
        [StringLength(PlanAction.TextMaxLength)] public string? Text { get; set; }
        [StringLength(200)] public string? Lead { get; set; }
        [StringLength(PlanAction.TextMaxLength)] public string? Condition { get; set; }
        [StringLength(PlanAction.TextMaxLength)] public string? Exclusion { get; set; }
        [StringLength(PlanAction.TextMaxLength)] public string? OpenList { get; set; }
        public OurRole OurRole { get; set; }
        [PeriodField] public string? Planned { get; set; }
        [PeriodField] public string? CarriedOut { get; set; }
        [StringLength(PlanAction.BudgetLineMaxLength)] public string? BudgetLine { get; set; }
        [StringLength(PlanAction.PersonMaxLength)] public string? Responsible { get; set; }
        [StringLength(500)] public string? Why { get; set; }
    }
}
