using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Plenaria.Sessions;

internal static class NextStepExtensions
{
    /// <summary>
    /// Lets the line that says what a form did lead on: the shell reads <c>ViewData["NextStep"]</c> of the page that
    /// redirects.
    /// </summary>
    /// <param name="text">The key of the link's text.</param>
    /// <param name="path">Without the language.</param>
    public static void SuggestNext(this PageModel page, string text, string path) =>
        page.ViewData["NextStep"] = (text, path);
}
