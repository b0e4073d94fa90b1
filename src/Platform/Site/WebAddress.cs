using System.ComponentModel.DataAnnotations;

namespace Plenaria.Platform.Site;

/// <summary>An address of the web as people type it.</summary>
public static class WebAddress
{
    /// <summary>Of what is kept, with its scheme.</summary>
    public const int MaxLength = 500;

    /// <summary>The address as a link, with https where nobody typed a scheme; null when it is none.</summary>
    public static string? Of(string? text)
    {
        var word = text?.Trim() ?? "";
        if (word.Length == 0)
            return null;
        return
            Uri.TryCreate(
                word.Contains("://", StringComparison.Ordinal) ? word : "https://" + word,
                UriKind.Absolute,
                out var site
            )
            && site.Scheme is "http" or "https"
            && site.Host.Contains('.')
            && site.ToString() is { Length: <= MaxLength } address
            ? address
            : null;
    }
}

/// <summary>A field for such an address. Empty is fine.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebAddressFieldAttribute : ValidationAttribute
{
    public WebAddressFieldAttribute() => ErrorMessage = "site.web-address";

    public override bool IsValid(object? value) =>
        value is not string text || string.IsNullOrWhiteSpace(text) || WebAddress.Of(text) is not null;
}
