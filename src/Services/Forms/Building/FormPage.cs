using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Forms.Building;

/// <summary>
/// What the pages on which a form is built have in common: the form, its version, the language of editing.
/// </summary>
internal abstract class FormPage(FormStore store, CurrentUser visitor, PageLocalizer phrases) : PageModel, IRerenderable
{
    protected FormStore Store { get; } = store;
    protected CurrentUser Visitor { get; } = visitor;
    protected PageLocalizer Phrases { get; } = phrases;

    /// <summary>Null for a module's form that nobody has changed yet.</summary>
    public StoredForm? Stored { get; private set; }
    public string Key { get; private set; } = "";
    public FormDefinition Draft { get; private set; } = null!;

    /// <summary>Questions that a module reads.</summary>
    public IReadOnlyCollection<string> Needed { get; private set; } = [];

    /// <summary>The language in which texts are edited: that of the page, unless another one was chosen.</summary>
    public Kernel.Language In =>
        Kernel.Language.TryParse(Request.Query["in"].ToString(), null, out var chosen) ? chosen
        : Request.HasFormContentType && Kernel.Language.TryParse(Request.Form["in"].ToString(), null, out var sent)
            ? sent
        : Phrases.Language;

    [BindProperty]
    public int Version { get; set; }

    object? IRerenderable.Stored => Stored?.Version ?? 0;

    public virtual async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await LoadAsync((string)RouteData.Values["form"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    /// <summary>Reads the form; false when there is none of this name.</summary>
    protected async Task<bool> LoadAsync(string key, CancellationToken cancel)
    {
        (Key, Stored) = (key, await Store.FindAsync(key, cancel));
        Needed = await Store.NeededAsync(key, cancel);
        if (Stored is not null)
            Draft = Stored.Draft;
        else if (await Store.ShippedAsync(key, cancel) is { } shipped)
            Draft = shipped;
        else
            return false;
        if (!HttpMethods.IsPost(Request.Method))
            Version = Stored?.Version ?? 0;
        return true;
    }

    /// <summary>Stores a change of the form that was seen in this version, and leads to a page.</summary>
    protected Task<IActionResult> ChangeAsync(
        string key,
        string act,
        string path,
        Action<StoredForm, OperationContext> change,
        CancellationToken cancel
    ) =>
        ActAsync(
            key,
            path,
            (form, acting) => Store.ChangeAsync(form, act, acting, () => change(form, acting), cancel),
            cancel
        );

    /// <summary>Asks the form, as it was seen in this version, from now on.</summary>
    protected Task<IActionResult> PublishAsync(string key, CancellationToken cancel) =>
        ActAsync(key, "build", (form, acting) => Store.PublishAsync(form, acting, cancel), cancel);

    private async Task<IActionResult> ActAsync(
        string key,
        string path,
        Func<StoredForm, OperationContext, Task> act,
        CancellationToken cancel
    )
    {
        if (!await LoadAsync(key, cancel))
            return NotFound();
        var acting = Visitor.Acting();
        var form = (await Store.TakeOverAsync(key, acting, cancel))!;
        if (Stored is not null)
            PlenariaDb.RequireVersion(form, Version);
        await act(form, acting);
        Stored = form;
        return Redirect($"/{Phrases.Language}/forms/{key}/{path}");
    }
}
