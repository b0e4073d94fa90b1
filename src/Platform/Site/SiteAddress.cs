using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Plenaria.Platform.Site;

/// <summary>
/// The address people reach the house at, from the setting <c>Site:Url</c>. Every link that leaves the house is built
/// on it, whatever a request claims. Without it, links follow the address that was asked: good for a look, not for a
/// house that sends mail.
/// </summary>
public sealed class SiteAddress
{
    public SiteAddress(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting))
            return;
        Url =
            Uri.TryCreate(setting, UriKind.Absolute, out var url)
            && url is { Scheme: "http" or "https", AbsolutePath: "/" }
                ? url
                : throw new InvalidOperationException(
                    "Site:Url is an address such as https://network.example, without a path."
                );
    }

    public Uri? Url { get; }
}

public static class PageSite
{
    /// <summary>
    /// The address the house was asked at, on which mailed links are built: by now the setting <c>Site:Url</c> has been
    /// put into it.
    /// </summary>
    public static Uri Site(this PageModel page) => new($"{page.Request.Scheme}://{page.Request.Host}");

    /// <summary>What was typed in a field of the form that was sent and refused; null when none was sent.</summary>
    public static string? Typed(this PageModel page, string field) =>
        page.Request.HasFormContentType ? page.Request.Form[field].ToString() : null;
}
