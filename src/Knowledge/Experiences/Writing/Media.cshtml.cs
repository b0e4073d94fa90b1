using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Experiences.Writing;

/// <summary>Pictures, documents and links of a practice, each with who made it.</summary>
[
    Allow(ExperiencesModule.Write),
    RequestSizeLimit(FileStore.AtTheDoor),
    RequestFormLimits(MultipartBodyLengthLimit = FileStore.AtTheDoor)
]
internal sealed class MediaModel(
    ExperienceStore experiences,
    FileStore files,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private const int Most = 30;

    internal sealed class Fields
    {
        [StringLength(MediaItem.UrlMaxLength), WebAddressField]
        public string? Url { get; set; }

        [StringLength(MediaItem.NameMaxLength)]
        public string? Name { get; set; }

        [StringLength(Experience.SummaryMaxLength)]
        public string? Caption { get; set; }

        [StringLength(MediaItem.AttributionMaxLength)]
        public string? Attribution { get; set; }

        [StringLength(Experience.SourceMaxLength)]
        public string? Licence { get; set; }
    }

    public Experience Experience { get; private set; } = null!;
    public Fields Input { get; set; } = new();

    private OperationContext _acting = null!;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) =>
        await Load(slug, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["slug"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(
        string slug,
        int version,
        IFormFile? file,
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await Load(slug, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Experience, version);
        var url = WebAddress.Of(Input.Url);
        if (file is null && url is null)
            throw new RuleViolationException("experiences.media.file-or-url");
        if (Experience.Media.Count >= Most)
            throw new RuleViolationException("experiences.media.too-many", ("most", Most));
        var kept = file is null
            ? null
            : await files.Keep(file, Experience.IsPublic ? Audience.Public : Audience.Network, cancel);
        var name = string.IsNullOrWhiteSpace(Input.Name) ? kept?.Name ?? url! : Input.Name.Trim();
        var medium = new MediaItem(
            kept?.Hash,
            kept is null ? url : null,
            name,
            kept?.MediaType,
            LocalizedText.Original(phrases.Language, Input.Caption?.Trim() ?? ""),
            Clean(Input.Attribution),
            Clean(Input.Licence)
        );
        await experiences.Change(
            Experience,
            "experiences.medium-added",
            _acting,
            () => Experience.Media = [.. Experience.Media, medium],
            cancel
        );
        return Redirect($"/{phrases.Language}{Experience.Path}/media");
    }

    public async Task<IActionResult> OnPostRemoveAsync(string slug, int version, int index, CancellationToken cancel)
    {
        if (!await Load(slug, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Experience, version);
        if (Experience.Media.ElementAtOrDefault(index) is not { } gone)
            return NotFound();
        await experiences.Change(
            Experience,
            "experiences.medium-removed",
            _acting,
            () => Experience.Media = [.. Experience.Media.Where(m => !ReferenceEquals(m, gone))],
            cancel
        );
        return Redirect($"/{phrases.Language}{Experience.Path}/media");
    }

    private static string? Clean(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();

    private async Task<bool> Load(string slug, CancellationToken cancel)
    {
        if (
            await experiences.Find(slug, cancel, toEdit: true) is not { } experience
            || await experiences.Editing(experience, visitor, cancel) is not { } acting
        )
            return false;
        (Experience, _acting) = (experience, acting);
        return true;
    }
}
