using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;

namespace Plenaria.Forms.Building;

/// <summary>Who may begin a form, how many are taken, and when.</summary>
[Allow(FormsModule.Build)]
internal sealed class SettingsModel(FormStore store, CurrentUser visitor, PageLocalizer phrases)
    : FormPage(store, visitor, phrases)
{
    public Fields Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string form, CancellationToken cancel)
    {
        if (!await LoadAsync(form, cancel))
            return NotFound();
        Input = new()
        {
            Access = Stored?.Access ?? FormAccess.Everyone,
            Quota = Stored?.Quota,
            Zone = Stored?.Zone ?? "UTC",
            Phases = [.. (Stored?.Phases ?? []).Select(p => PhaseFields.Of(p, Stored!.Zone, Phrases.Language))],
        };
        Input.AddBlank();
        return Page();
    }

    public override async Task RerenderAsync(CancellationToken cancel)
    {
        await base.RerenderAsync(cancel);
        Input.AddBlank();
    }

    public Task<IActionResult> OnPostAsync(
        string form,
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        return ChangeAsync(
            form,
            "forms.design-settings",
            "build",
            (stored, _) => input.Apply(stored, Phrases.Language),
            cancel
        );
    }

    internal sealed class PhaseFields
    {
        [StringLength(40)]
        public string? Key { get; set; }

        [StringLength(120)]
        public string? Name { get; set; }
        public string? Opens { get; set; }
        public string? Closes { get; set; }

        public bool IsEmpty =>
            string.IsNullOrWhiteSpace(Name) && string.IsNullOrEmpty(Opens) && string.IsNullOrEmpty(Closes);

        public static PhaseFields Of(FormPhase phase, string zone, Kernel.Language reader) =>
            new()
            {
                Key = phase.Key,
                Name = phase.Name.For(reader),
                Opens = phase.Opens is { } opens ? PlaceTime.Typed(zone, opens) : null,
                Closes = phase.Closes is { } closes ? PlaceTime.Typed(zone, closes) : null,
            };
    }

    internal sealed class Fields
    {
        public FormAccess Access { get; set; }

        [Range(1, 1_000_000)]
        public int? Quota { get; set; }

        [Required(ErrorMessage = "forms.build.zone-missing"), StringLength(StoredForm.ZoneMaxLength)]
        public string? Zone { get; set; }
        public List<PhaseFields> Phases { get; set; } = [];

        public void AddBlank()
        {
            if (Phases.Count < StoredForm.MostPhases && Phases.TrueForAll(p => !p.IsEmpty))
                Phases.Add(new());
        }

        public void Apply(StoredForm form, Kernel.Language editing)
        {
            var zone = Zone!.Trim();
            if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
                throw new RuleViolationException("forms.build.zone-unknown", ("zone", zone));
            var known = form.Phases.ToDictionary(p => p.Key, p => p.Name);
            var phases = new List<FormPhase>();
            foreach (var typed in Phases.Where(p => !p.IsEmpty))
            {
                var isKnown = typed.Key is not null && phases.TrueForAll(p => p.Key != typed.Key);
                var name = isKnown ? known.GetValueOrDefault(typed.Key!) : null;
                phases.Add(
                    new(
                        name is null
                            ? FormDesign.NewKey("p", [.. known.Keys, .. phases.Select(p => p.Key)])
                            : typed.Key!,
                        (name ?? LocalizedText.Empty).RewordedAsShown(editing, typed.Name),
                        At(zone, typed.Opens),
                        At(zone, typed.Closes)
                    )
                );
            }
            if (phases.Count > StoredForm.MostPhases)
                throw new RuleViolationException("forms.build.too-many-choices", ("limit", StoredForm.MostPhases));
            DemandOrder(phases);
            (form.Access, form.Quota, form.Zone, form.Phases) = (Access, Quota, zone, phases);
        }

        private static DateTimeOffset? At(string zone, string? typed) =>
            string.IsNullOrWhiteSpace(typed) ? null : PlaceTime.ReadClearly(zone, typed);

        // Each ends after it begins, and begins when the one before it has ended.
        private static void DemandOrder(List<FormPhase> phases)
        {
            if (phases.Exists(p => p.Opens >= p.Closes))
                throw new RuleViolationException("forms.build.end-before-start");
            for (var i = 1; i < phases.Count; i++)
                if (phases[i].Opens is not { } opens || phases[i - 1].Closes is not { } closed || opens < closed)
                    throw new RuleViolationException("forms.build.phases-overlap", ("number", i + 1));
        }
    }
}
