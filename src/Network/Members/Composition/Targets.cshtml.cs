using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members.Offices;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Composition;

/// <summary>
/// What the network wants its composition to be. An action of the plan is bound to a target where the plan says what
/// carries it out.
/// </summary>
[Allow(MembersModule.ManageOffices)]
internal sealed class TargetsModel(
    PlenariaDb db,
    Targets targets,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public IReadOnlyList<Measured> All { get; private set; } = [];
    public IReadOnlyList<CountrySet> Sets { get; private set; } = [];
    public Fields Input { get; private set; } = new();

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel) =>
        (All, Sets) = (await targets.All(phrases.Language, cancel), await targets.Sets(cancel));

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        var acting = visitor.Acting();
        var place = input.Measure switch
        {
            TargetMeasure.MembersOfKind => (
                input.Kind ?? throw new RuleViolationException("members.target.kind-missing")
            ).ToString(),
            TargetMeasure.MembersWorkingIn => Language.TryParse(input.Language, out var spoken)
                ? spoken.Code
                : throw new RuleViolationException("members.target.language-missing"),
            _ => null,
        };
        if (input.Measure == TargetMeasure.MembersIn)
        {
            var word = input.Place?.Trim() ?? "";
            place =
                Regions.All.Contains(word) || word.StartsWith("set:", StringComparison.Ordinal)
                    ? word
                    : Countries.Find(word)
                        ?? throw new RuleViolationException("members.offices.unknown-place", ("place", word));
            RegionalOffice.CountriesOf([place], await targets.Sets(cancel));
        }
        if (input.Measure == TargetMeasure.LargestThree && input.Value > 100)
            throw new RuleViolationException("members.target.percent-form");
        var target = new CompositionTarget
        {
            Id = Guid.CreateVersion7(acting.At),
            Measure = input.Measure,
            Place = place,
            Value = input.Value!.Value,
            Due = PartialDate.Parse(input.Due!.Trim()),
        };
        db.Add(target);
        journal.Append(
            acting,
            "composition",
            "members.target-set",
            null,
            new
            {
                target = target.Id,
                measure = target.Measure.ToString(),
                target.Place,
                target.Value,
                due = target.Due.ToString(),
            }
        );
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}/composition/targets");
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid target, CancellationToken cancel)
    {
        if (await db.Set<CompositionTarget>().SingleOrDefaultAsync(t => t.Id == target, cancel) is not { } stored)
            return NotFound();
        db.Remove(stored);
        journal.Append(
            visitor.Acting(),
            "composition",
            "members.target-removed",
            null,
            new
            {
                target,
                measure = stored.Measure.ToString(),
                stored.Place,
                stored.Value,
                due = stored.Due.ToString(),
            }
        );
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}/composition/targets");
    }

    internal sealed class Fields
    {
        public TargetMeasure Measure { get; set; }

        [StringLength(80)]
        public string? Place { get; set; }
        public MemberKind? Kind { get; set; }
        public string? Language { get; set; }

        [Required(ErrorMessage = "site.missing"), Range(0, 1_000_000)]
        public long? Value { get; set; }

        [Required(ErrorMessage = "site.missing"), PartialDateField]
        public string? Due { get; set; }
    }
}
