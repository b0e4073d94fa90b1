using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Plenaria.Platform.Site;

/// <summary>The key that each form carries from the page that showed it.</summary>
public static class FormKey
{
    /// <summary>Name of the hidden field.</summary>
    public const string Field = "__key";

    /// <summary>
    /// Header by which a script says that it sends a form; the answer bears it too, with the form's key, when it is
    /// ours.
    /// </summary>
    public const string Header = "X-Form";

    private const int Bytes = 16,
        Length = 22;

    internal static string New() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>The key of a form that was sent; null when it has none.</summary>
    public static string? Of(HttpRequest request) =>
        request.HasFormContentType
        && request.Form.TryGetValue(Field, out var key)
        && key is [{ Length: Length } one]
        && one.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? one
            : null;

    /// <summary>
    /// What makes two requests the same: who sent it, where to, and every field. Somebody who goes back and sends the
    /// same form with another text sends another one.
    /// </summary>
    public static string IdentityOf(HttpRequest request, AccountId? by)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text)
        {
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
        Add($"{by}");
        Add(request.Path + request.QueryString);
        foreach (var (name, values) in request.Form.OrderBy(f => f.Key, StringComparer.Ordinal))
            if (name != "__RequestVerificationToken")
                foreach (var value in values)
                {
                    Add(name);
                    Add(value ?? "");
                }
        foreach (var file in request.Form.Files)
        {
            Add(file.Name);
            Add(file.FileName);
            using var content = file.OpenReadStream();
            hash.AppendData(SHA256.HashData(content));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>Gives each form that posts its <see cref="FormKey"/>.</summary>
[HtmlTargetElement("form", Attributes = "method")]
public sealed class FormKeyTagHelper : TagHelper
{
    // After the framework's helper of forms, which writes the address and the token.
    public override int Order => 1;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (
            string.Equals(
                context.AllAttributes["method"]?.Value?.ToString(),
                "post",
                StringComparison.OrdinalIgnoreCase
            )
        )
            output.PostContent.AppendHtml(
                $"<input type=\"hidden\" name=\"{FormKey.Field}\" value=\"{FormKey.New()}\">"
            );
    }
}
