using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Site.Staff;

/// <summary>What the network is called, what it is for, and which parts of the platform it uses.</summary>
[Allow(PlatformModule.ManageSite)]
internal sealed class SettingsModel(
    PlenariaDb db,
    Journal.Journal journal,
    ModuleCatalog catalog,
    IEnumerable<IProfileObserver> observers,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public IReadOnlyList<string> Modules { get; } = [.. catalog.All.Where(m => m.CanBeOff).Select(m => m.Name)];

    [BindProperty]
    public Fields Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await db.Set<NetworkProfile>().AsNoTracking().SingleOrDefaultAsync(cancel) is not { } profile)
            return NotFound();
        Input = new()
        {
            Version = profile.Version,
            ShortName = profile.ShortName,
            On = [.. Modules.Where(profile.Has)],
            Names = [.. Kernel.Language.All.Select(l => profile.Name.In(l)?.Text)],
            Purposes = [.. Kernel.Language.All.Select(l => profile.Purpose.In(l)?.Text)],
            Partners = PartnerFields.Of(profile.Partners),
            TimeZone = profile.TimeZone,
        };
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel) =>
        Stored = (await db.Set<NetworkProfile>().AsNoTracking().SingleOrDefaultAsync(cancel))?.Version;

    public object? Stored { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await db.Set<NetworkProfile>().SingleOrDefaultAsync(cancel) is not { } profile)
            return NotFound();
        PlenariaDb.RequireVersion(profile, Input.Version);
        object Describe() =>
            new
            {
                profile.ShortName,
                name = profile.Name.ToString(),
                purpose = profile.Purpose.ToString(),
                off = profile.Off,
                partners = profile.Partners,
                profile.TimeZone,
            };
        var before = Describe();
        profile.ShortName = Input.ShortName.Trim();
        profile.Name = Changed(profile.Name, Input.Names);
        profile.Purpose = Changed(profile.Purpose, Input.Purposes);
        profile.Off = [.. Modules.Except(Input.On)];
        profile.Partners = [.. Input.Partners.Select(p => p.Read()).OfType<NetworkPartner>()];
        profile.TimeZone = Input.TimeZone.Trim();
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(profile.TimeZone, out _))
            throw new RuleViolationException("site.settings.zone-unknown", ("zone", profile.TimeZone));
        RequireNoneStandsOn(profile);
        if (profile.Name.IsEmpty)
            throw new RuleViolationException("site.settings.name-missing");
        journal.Append(visitor.Acting(), "site", "site.settings-changed", null, new { before, after = Describe() });
        await db.SaveChangesAsync(cancel);
        foreach (var observer in observers)
            await observer.ProfileChangedAsync(cancel);
        return Redirect($"/{phrases.Language}/settings");
    }

    /// <exception cref="RuleViolationException">A part that stays on uses one that is switched off.</exception>
    private void RequireNoneStandsOn(NetworkProfile profile)
    {
        string NameOf(DeclaredModule module) => phrases[$"module.{module.Name.ToLowerInvariant()}"];
        foreach (var off in catalog.All.Where(m => !profile.Has(m.Name)))
            if (catalog.StandingOn(off).FirstOrDefault(m => profile.Has(m.Name)) is { } user)
                throw new RuleViolationException(
                    "site.settings.module-needed",
                    ("module", NameOf(off)),
                    ("by", NameOf(user))
                );
    }

    /// <summary>Five boxes, one value: the original stays the original as long as its box is filled.</summary>
    private static LocalizedText Changed(LocalizedText text, List<string?> words)
    {
        var given = Kernel
            .Language.All.Zip(words, (language, word) => (Language: language, Text: word?.Trim() ?? ""))
            .Where(w => w.Text.Length > 0)
            .ToList();
        if (given.Count == 0)
            return LocalizedText.Empty;
        var source = given.Find(w => w.Language == text.Source);
        if (source.Text is null)
            source = given[0];
        var changed =
            text.Source != source.Language ? LocalizedText.Original(source.Language, source.Text)
            : text.In(source.Language)?.Text != source.Text ? text.WithOriginal(source.Language, source.Text)
            : text;
        // A translation whose box was left as it was stays what it is, stale included.
        foreach (var language in Kernel.Language.All.Where(l => l != source.Language))
        {
            var word = given.Find(w => w.Language == language).Text ?? "";
            if (changed.In(language)?.Text != word && (word.Length > 0 || changed.In(language) is not null))
                changed = changed.WithTranslation(language, word);
        }
        return changed;
    }

    internal sealed class Fields
    {
        public int Version { get; set; }

        [Required(ErrorMessage = "site.missing"), StringLength(60)]
        public string ShortName { get; set; } = "";

        [Required(ErrorMessage = "site.missing"), StringLength(NetworkProfile.TimeZoneMaxLength)]
        public string TimeZone { get; set; } = "";
        public List<string?> Names { get; set; } = [];
        public List<string?> Purposes { get; set; } = [];
        public List<string> On { get; set; } = [];

        [MaxLength(NetworkPartner.MaxCount)]
        public List<PartnerFields> Partners { get; set; } = [];
    }
}
