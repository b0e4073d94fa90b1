using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;

namespace Plenaria.Platform.Site;

/// <summary>
/// What the line that says what a form did offers beside it. A page says so before it redirects; the shell keeps it
/// until the next page shows it.
/// </summary>
/// <param name="NextText">The key of the text of the link to the next step.</param>
/// <param name="NextPath">Without the language.</param>
/// <param name="UndoPath">
/// Where the form of the button "Undo" is sent, without the language: path, handler and fields as a query.
/// </param>
/// <param name="UndoText">The key of what that button says; null: "Undo".</param>
public sealed record AfterAct(
    string? NextText = null,
    string? NextPath = null,
    string? UndoPath = null,
    string? UndoText = null
)
{
    /// <summary>Its key in the data of the page that redirects.</summary>
    public const string Key = "AfterAct";

    /// <summary>What a page has offered so far.</summary>
    public static AfterAct Of(PageModel page) => page.ViewData[Key] as AfterAct ?? new AfterAct();
}

public static class AfterActExtensions
{
    /// <summary>Lets the line lead on to the next step.</summary>
    /// <param name="text">The key of the link's text.</param>
    /// <param name="path">Without the language.</param>
    public static void SuggestNext(this PageModel page, string text, string path) =>
        page.ViewData[AfterAct.Key] = AfterAct.Of(page) with { NextText = text, NextPath = path };

    /// <summary>
    /// Lets the line offer the reverse act, as a form of one button. The handler is asked as by any other form: it
    /// refuses whoever may not, and what has changed meanwhile when <paramref name="values"/> name a version.
    /// </summary>
    /// <param name="path">The page of the handler, without the language.</param>
    /// <param name="handler">The name of the handler that takes the act back; null for the one without a name.</param>
    /// <param name="values">Fields that the handler reads.</param>
    public static void OfferUndo(
        this PageModel page,
        string path,
        string? handler,
        params IEnumerable<(string Name, object? Value)> values
    ) => page.OfferUndoAs(null, path, handler, values);

    /// <summary>As <see cref="OfferUndo"/>, where it should be said what is taken back.</summary>
    /// <param name="text">The key of what the button says.</param>
    public static void OfferUndoAs(
        this PageModel page,
        string? text,
        string path,
        string? handler,
        params IEnumerable<(string Name, object? Value)> values
    )
    {
        var query = new Dictionary<string, string?> { ["handler"] = handler };
        foreach (var (name, value) in values)
            query[name] = value?.ToString();
        page.ViewData[AfterAct.Key] = AfterAct.Of(page) with
        {
            UndoPath = QueryHelpers.AddQueryString(path, query),
            UndoText = text,
        };
    }
}
