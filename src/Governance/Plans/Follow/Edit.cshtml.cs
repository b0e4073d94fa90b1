using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Follow;

/// <summary>An action's words, in the plan's language or as a translation, and its terms.</summary>
[Allow(PlansModule.Edit)]
internal sealed class EditModel(
    PlenariaDb db,
    PlanStore plans,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : ActionPage(db, plans, phrases)
{
    public Language Editing => Language.TryParse(In, out var language) ? language : Plan.Language;

    [BindProperty]
    public Fields Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "in")]
    public string? In { get; set; }

    /// <summary>Who has a part in some action already, by the name in the language that is being written in.</summary>
    public IReadOnlyList<string> Parties { get; private set; } = [];

    protected override async Task Show(CancellationToken cancel)
    {
        var named = await Db.Set<PlanAction>()
            .AsNoTracking()
            .Select(a => new { a.Lead, a.Partners })
            .ToListAsync(cancel);
        Parties =
        [
            .. named
                .SelectMany(a => a.Lead is null ? a.Partners : a.Partners.Prepend(a.Lead))
                .Select(p => p.Name.For(Editing))
                .Distinct()
                .Order(StringComparer.Create(Editing.Culture, ignoreCase: true)),
        ];
    }

    protected override void Fill()
    {
        string Word(LocalizedText text) => text.In(Editing)?.Text ?? "";
        Input = new()
        {
            Title = Word(Action.Title),
            Purpose = Word(Action.Purpose),
            Text = Word(Action.Text),
            Lead = Action.Lead is null ? "" : Word(Action.Lead.Name),
            Place = Word(Action.Place),
            Condition = Word(Action.Condition),
            Exclusion = Word(Action.Exclusion),
            OpenList = Word(Action.OpenList),
            IsPriority = Action.IsPriority,
            PriorityBy = Word(Action.PriorityBy),
            OurRole = Action.OurRole,
            Planned = Action.Planned?.ToString(),
            CarriedOut = Action.CarriedOut?.ToString(),
            BudgetLine = Action.BudgetLine,
            Responsible = Action.Responsible,
        };
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        Change(
            () =>
            {
                var (before, was) = (PlanVersion.Describe(Action), Words());
                Action.Title = Action.Title.Reworded(Editing, Input.Title);
                Action.Purpose = Action.Purpose.Reworded(Editing, Input.Purpose);
                Action.Text = Action.Text.Reworded(Editing, Input.Text);
                var lead = (Action.Lead?.Name ?? LocalizedText.Empty).Reworded(Editing, Input.Lead);
                Action.Lead = lead.IsEmpty ? null : (Action.Lead ?? new(lead)) with { Name = lead };
                Action.Place = Action.Place.Reworded(Editing, Input.Place);
                Action.Condition = Action.Condition.Reworded(Editing, Input.Condition);
                Action.Exclusion = Action.Exclusion.Reworded(Editing, Input.Exclusion);
                Action.OpenList = Action.OpenList.Reworded(Editing, Input.OpenList);
                if (!Input.IsPriority && !Action.IsPriority && !string.IsNullOrWhiteSpace(Input.PriorityBy))
                    throw new RuleViolationException("plans.edit.priority-not-ticked");
                Action.IsPriority = Input.IsPriority;
                Action.PriorityBy = Input.IsPriority
                    ? Action.PriorityBy.Reworded(Editing, Input.PriorityBy)
                    : LocalizedText.Empty;
                (Action.OurRole, Action.BudgetLine, Action.Responsible) = (
                    Input.OurRole,
                    Input.BudgetLine,
                    Input.Responsible
                );
                (Action.Planned, Action.CarriedOut) = (Read(Input.Planned), Read(Input.CarriedOut));
                if (Action.Title.IsEmpty)
                    throw new RuleViolationException("plans.edit.title-missing");
                journal.Append(
                    visitor.Acting(Why),
                    Plan.Stream,
                    "plans.action-edited",
                    Action.Reference,
                    new
                    {
                        before,
                        after = PlanVersion.Describe(Action),
                        translation = Editing == Plan.Language
                            ? null
                            : new
                            {
                                language = Editing.Code,
                                before = was,
                                after = Words(),
                            },
                    }
                );
                return Task.CompletedTask;
            },
            cancel
        );

    /// <summary>What the action says in the language that is being written in.</summary>
    private List<string> Words() =>
        [
            .. (
                (LocalizedText[])
                    [
                        Action.Title,
                        Action.Purpose,
                        Action.Text,
                        Action.Lead?.Name ?? LocalizedText.Empty,
                        Action.Place,
                        Action.Condition,
                        Action.Exclusion,
                        Action.OpenList,
                        Action.PriorityBy,
                    ]
            )
                .Select(t => t.In(Editing)?.Text)
                .OfType<string>(),
        ];

    private static Period? Read(string? text) => string.IsNullOrWhiteSpace(text) ? null : Period.Parse(text.Trim());

    internal sealed class Fields
    {
        [StringLength(PlanAction.TitleMaxLength)]
        public string? Title { get; set; }

        [StringLength(PlanAction.TextMaxLength)]
        public string? Purpose { get; set; }

        [StringLength(PlanAction.TextMaxLength)]
        public string? Text { get; set; }

        [StringLength(PlanAction.NameMaxLength)]
        public string? Lead { get; set; }

        [StringLength(PlanAction.NameMaxLength)]
        public string? Place { get; set; }

        [StringLength(PlanAction.TextMaxLength)]
        public string? Condition { get; set; }

        [StringLength(PlanAction.TextMaxLength)]
        public string? Exclusion { get; set; }

        [StringLength(PlanAction.TextMaxLength)]
        public string? OpenList { get; set; }
        public bool IsPriority { get; set; }

        [StringLength(PlanAction.NameMaxLength)]
        public string? PriorityBy { get; set; }
        public OurRole OurRole { get; set; }

        [PeriodField]
        public string? Planned { get; set; }

        [PeriodField]
        public string? CarriedOut { get; set; }

        [StringLength(PlanAction.BudgetLineMaxLength)]
        public string? BudgetLine { get; set; }

        [StringLength(PlanAction.PersonMaxLength)]
        public string? Responsible { get; set; }
    }
}
