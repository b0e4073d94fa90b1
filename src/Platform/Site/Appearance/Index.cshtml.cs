using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;

namespace Plenaria.Platform.Site.Appearance;

/// <summary>How the network looks, and in which languages it speaks to visitors.</summary>
[
    Allow(PlatformModule.ManageSite),
    RequestSizeLimit(FileStore.AtTheDoor),
    RequestFormLimits(MultipartBodyLengthLimit = FileStore.AtTheDoor)
]
internal sealed class IndexModel(
    PlenariaDb db,
    Journal.Journal journal,
    FileStore files,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private const string Plain = "#1f4e5f";

    public NetworkProfile Profile { get; private set; } = null!;

    [BindProperty]
    public Fields Input { get; set; } = new();

    public object? Stored => Profile.Version;

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!await db.Set<NetworkProfile>().AnyAsync(cancel))
            return NotFound();
        await RerenderAsync(cancel);
        Input = new()
        {
            Version = Profile.Version,
            HasColour = Profile.Colour is not null,
            Colour = Profile.Colour ?? Plain,
            Languages = [.. Profile.Languages.Select(l => l.Code)],
            DefaultLanguage = Profile.DefaultLanguage.Code,
        };
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel) =>
        Profile = await db.Set<NetworkProfile>().AsNoTracking().SingleAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await db.Set<NetworkProfile>().SingleOrDefaultAsync(cancel) is not { } profile)
            return NotFound();
        Profile = profile;
        PlenariaDb.RequireVersion(profile, Input.Version);
        if (Input.Languages.Count == 0)
            ModelState.AddModelError("Input.Languages", phrases["site.appearance.languages.none"]);
        else if (!Input.Languages.Contains(Input.DefaultLanguage))
            ModelState.AddModelError("Input.DefaultLanguage", phrases["site.appearance.default.not-offered"]);
        if (Input.HasColour && !NetworkColours.IsColour(Input.Colour))
            ModelState.AddModelError("Input.Colour", phrases["site.appearance.colour.form"]);
        if (!ModelState.IsValid)
            return Page();
        var before = Describe(profile);
        profile.Logo = await Changed(profile.Logo, Input.Logo, Input.NoLogo, 480, 160, cancel);
        profile.Picture = await Changed(profile.Picture, Input.Picture, Input.NoPicture, 1200, 900, cancel);
        profile.Colour = Input.HasColour ? Input.Colour.ToLowerInvariant() : null;
        profile.OfferedLanguages = [.. Kernel.Language.All.Select(l => l.Code).Where(Input.Languages.Contains)];
        profile.DefaultLanguage = Kernel.Language.Parse(Input.DefaultLanguage);
        journal.Append(
            visitor.Acting(),
            "site",
            "site.appearance-changed",
            null,
            new { before, after = Describe(profile) }
        );
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}/settings/appearance");
    }

    private async Task<string?> Changed(
        string? kept,
        IFormFile? upload,
        bool isRemoved,
        int maxWidth,
        int maxHeight,
        CancellationToken cancel
    )
    {
        if (upload is null)
            return isRemoved ? null : kept;
        using var content = new MemoryStream();
        await upload.CopyToAsync(content, cancel);
        var fitted = Pictures.Fit(content.ToArray(), maxWidth, maxHeight);
        return (await files.Keep(fitted, upload.FileName, Audience.Public, cancel)).Hash;
    }

    private static object Describe(NetworkProfile profile) =>
        new
        {
            profile.Logo,
            profile.Picture,
            profile.Colour,
            profile.OfferedLanguages,
            language = profile.DefaultLanguage.Code,
        };

    internal sealed class Fields
    {
        public int Version { get; set; }
        public IFormFile? Logo { get; set; }
        public bool NoLogo { get; set; }
        public IFormFile? Picture { get; set; }
        public bool NoPicture { get; set; }
        public bool HasColour { get; set; }
        public string Colour { get; set; } = Plain;
        public List<string> Languages { get; set; } = [];
        public string DefaultLanguage { get; set; } = "";
    }
}
