using System.Net.Mail;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Forms;

/// <summary>
/// A form being filled in: kept as often as one likes, shown to a superior, sent. Afterwards: what was sent, and what
/// has become of it.
/// </summary>
[AllowAnonymous]
[RequestSizeLimit(FileStore.AtTheDoor), RequestFormLimits(MultipartBodyLengthLimit = FileStore.AtTheDoor)]
internal sealed class FillModel(
    FormService forms,
    FileStore files,
    AnswerFiles brought,
    ClientLimits limits,
    CurrentUser visitor,
    Localizer texts,
    PageLocalizer phrases
) : PageModel, IRerenderable, IAnswering
{
    private OpenForm _open = null!;

    public FormResponse Filled { get; private set; } = null!;
    public FormDefinition Form { get; private set; } = null!;
    public IReadOnlyDictionary<string, List<string>> Given { get; private set; } =
        new Dictionary<string, List<string>>();
    public IReadOnlyDictionary<string, FileReference> Files { get; private set; } =
        new Dictionary<string, FileReference>();
    public IReadOnlyList<Reviewed> Reviews { get; private set; } = [];
    public string? Says { get; private set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Saved { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Invited { get; set; }

    /// <summary>The address of somebody who is to write with whoever fills the form in.</summary>
    [BindProperty]
    public string? CoAuthor { get; set; }
    public SuperiorFields Asked { get; private set; } = new();
    public object? Stored => Filled.Version;

    /// <summary>Whether it was to be sent, not only to be kept.</summary>
    public bool IsSending { get; private set; }

    /// <summary>Until when it can be sent; null where no end is set.</summary>
    public ZonedMoment? Closes => _open.ClosesAfter(visitor.Acting().At);

    public bool Requires(FormField field) => _open.Stored?.Requires(field, visitor.Acting().At) ?? field.IsRequired;

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel)
    {
        if (!await Load(token, cancel))
            return NotFound();
        Version = Filled.Version;
        // With a form on it the page is not kept anyway; what was sent is nobody else's either.
        if (!Filled.IsOpen)
            Response.Headers.CacheControl = "no-store";
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["token"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
        if (Filled.IsOpen && Typed() is { Count: > 0 } typed)
            Given = typed;
    }

    /// <summary>Whoever sends the form by none of its buttons keeps it.</summary>
    public Task<IActionResult> OnPostAsync(string token, CancellationToken cancel) => OnPostSaveAsync(token, cancel);

    public async Task<IActionResult> OnPostSaveAsync(string token, CancellationToken cancel) =>
        !await Load(token, cancel) ? NotFound()
        : await Keep(cancel) ? Redirect($"/{phrases.Language}/answers/{token}?saved=true")
        : await Refused(cancel);

    public async Task<IActionResult> OnPostSendAsync(string token, CancellationToken cancel)
    {
        if (!await Load(token, cancel))
            return NotFound();
        IsSending = true;
        // Kept before anything is refused: nobody types it twice.
        if (!await Keep(cancel))
            return await Refused(cancel);
        foreach (var (field, fault) in await FormService.Faults(Filled, Form, _open, visitor.Acting().At, cancel))
            Say(field, fault);
        if (!ModelState.IsValid)
            return await Refused(cancel);
        await forms.Send(Filled, Form, _open, this.Site(), token, visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/answers/{token}");
    }

    public async Task<IActionResult> OnPostInviteAsync(string token, CancellationToken cancel)
    {
        if (!await Load(token, cancel))
            return NotFound();
        if (!Filled.IsOpen)
            throw new RuleViolationException("forms.sent-already");
        var email = CoAuthor?.Trim() ?? "";
        if (email.Length > FormResponse.EmailMaxLength || !MailAddress.TryCreate(email, out _))
            throw new RuleViolationException("access.not-an-address", ("email", email));
        if (!visitor.IsSignedIn)
            limits.CountAsk(HttpContext, "co-author");
        limits.CountLetter(email);
        await forms.InviteAsync(Filled, Form, email, this.Site(), visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/answers/{token}?invited=true");
    }

    public async Task<IActionResult> OnPostSuperiorAsync(
        string token,
        [FromForm(Name = nameof(Asked))] SuperiorFields asked,
        CancellationToken cancel
    )
    {
        Asked = asked;
        if (!await Load(token, cancel))
            return NotFound();
        if (!Filled.IsOpen)
            throw new RuleViolationException("forms.sent-already");
        if (!visitor.IsSignedIn)
            limits.CountAsk(HttpContext, "superior");
        limits.CountLetter(asked.Email);
        await forms.AskSuperior(Filled, Form, asked.Name, asked.Email, this.Site(), visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/answers/{token}");
    }

    /// <summary>
    /// Keeps what was typed. Each file is looked at before anything is; one that is refused leaves the others.
    /// </summary>
    private async Task<bool> Keep(CancellationToken cancel)
    {
        if (!Filled.IsOpen)
            throw new RuleViolationException("forms.sent-already");
        PlenariaDb.RequireVersion(Filled, Version);
        var given = Typed();
        foreach (var field in Form.Fields.Where(f => f.Type == AnswerType.File))
        foreach (var keep in brought.Of(field, Filled, HttpContext))
            try
            {
                if (!given.TryGetValue(field.Key, out var hashes))
                    given[field.Key] = hashes = [];
                hashes.Add(await keep());
            }
            catch (RuleViolationException fault)
            {
                Say(field.Key, fault);
            }
        Given = given;
        foreach (
            var (field, fault) in FormRules
                .Faults(Form, new(FormRules.Clean(Form, given)), isSent: false)
                .Where(f => f.Fault.Key is "forms.too-many-files")
        )
            Say(field, fault);
        // Too long for the house to keep at all.
        foreach (var (field, values) in given.Where(g => g.Value.Sum(v => v.Length) > FormField.LongestAnswer))
            Say(
                field,
                new("forms.too-long", ("limit", FormField.LongestAnswer), ("length", values.Sum(v => v.Length)))
            );
        await forms.Save(
            Filled,
            Form,
            given.ToDictionary(g => g.Key, g => IsRefused(g.Key) ? Filled.Given.GetValueOrDefault(g.Key, []) : g.Value),
            visitor.Acting(),
            cancel
        );
        Version = Filled.Version;
        ModelState.SetModelValue(nameof(Version), Version, $"{Version}");
        return ModelState.IsValid;
    }

    /// <summary>
    /// What the request gives for each question. A file is one that this response holds already: its hash opens nobody
    /// else's.
    /// </summary>
    private Dictionary<string, List<string>> Typed()
    {
        if (!Request.HasFormContentType)
            return [];
        var given = new Dictionary<string, List<string>>();
        foreach (var field in Form.Fields)
            if (AnswerInput.Read(field, Request.Form) is { } values)
                given[field.Key] =
                    field.Type == AnswerType.File
                        ? [.. values.Where(v => Filled.Given.GetValueOrDefault(field.Key)?.Contains(v) == true)]
                        : values;
        return given;
    }

    // What cannot be kept does not take away what was kept before. Of files only those that were refused stay out.
    private bool IsRefused(string field) =>
        ModelState["f." + field] is { Errors.Count: > 0 }
        && !(Form.Field(field) is { Type: AnswerType.File } file && Given[field].Count <= file.MostItems);

    private void Say(string field, RuleViolationException fault) =>
        ModelState.AddModelError("f." + field, texts.Get(phrases.Language, fault.Key, fault.Arguments));

    private async Task<IActionResult> Refused(CancellationToken cancel)
    {
        await LoadFiles(cancel);
        Response.StatusCode = Microsoft.AspNetCore.Http.StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    private async Task<bool> Load(string token, CancellationToken cancel)
    {
        if (await forms.Open(token, cancel) is not var (response, form, open))
            return false;
        (Filled, Form, _open, Given) = (response, form, open, response.Given);
        Reviews = await forms.Reviews(response, cancel);
        Says = response.SentAt is null ? null : await open.Kind.Says(response.Id, phrases.Language, cancel);
        await LoadFiles(cancel);
        return true;
    }

    private async Task LoadFiles(CancellationToken cancel) =>
        Files = await files.Describe(
            [
                .. Form
                    .Fields.Where(f => f.Type == AnswerType.File)
                    .SelectMany(f => Given.GetValueOrDefault(f.Key) ?? []),
            ],
            cancel
        );
}
