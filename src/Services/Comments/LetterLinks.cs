using Microsoft.AspNetCore.Http;
using Plenaria.Platform.Site;

namespace Plenaria.Comments;

/// <summary>
/// Addresses of the house for letters. Without the setting they follow the request, if there is one.
/// </summary>
public sealed class LetterLinks(SiteAddress site, IHttpContextAccessor http)
{
    public string Write(Language reader, string path)
    {
        var house =
            site.Url
            ?? (
                http.HttpContext is { Request: { Host.HasValue: true } asked }
                    ? new Uri($"{asked.Scheme}://{asked.Host}")
                    : null
            );
        return house is null ? $"/{reader}{path}" : new Uri(house, $"/{reader}{path}").ToString();
    }
}
