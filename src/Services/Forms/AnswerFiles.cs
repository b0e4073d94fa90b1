using Microsoft.AspNetCore.Http;
using Plenaria.Platform.Access;
using Plenaria.Platform.Files;
using Plenaria.Platform.Register;

namespace Plenaria.Forms;

/// <summary>
/// The files that come with an answer: those in the request itself, and those that arrived in pieces before it.
/// </summary>
internal sealed class AnswerFiles(FileStore files, PartialUploads uploads, ClientLimits limits, CurrentUser visitor)
{
    // The hidden fields of forms.js: the word of an upload, a space, the name of the file.
    private const string Prefix = "u.";

    /// <summary>How to keep each file that a request brings for a question; its hash.</summary>
    public IEnumerable<Func<Task<string>>> Of(FormField field, FormResponse response, HttpContext context) =>
        [
            .. context
                .Request.Form.Files.GetFiles(AnswerInput.NameOf(field))
                .Where(f => f.Length > 0 || f.FileName.Length > 0)
                .Select(f => (Func<Task<string>>)(() => KeepWholeAsync(f, context))),
            .. context
                .Request.Form[Prefix + field.Key]
                .Select(u => (Func<Task<string>>)(() => KeepArrivedAsync(u!, response, context.RequestAborted))),
        ];

    private async Task<string> KeepWholeAsync(IFormFile file, HttpContext context)
    {
        if (!visitor.IsSignedIn)
            limits.CountUpload(context, file.Length);
        return (await files.Keep(file, Audience.Staff, context.RequestAborted)).Hash;
    }

    private async Task<string> KeepArrivedAsync(string upload, FormResponse response, CancellationToken cancel)
    {
        var (id, name) = upload.Split(' ', 2) is [var first, var second] ? (first, second) : (upload, "");
        var content =
            await uploads.ReadAsync(response.Id, id, cancel)
            ?? throw new RuleViolationException("forms.file-not-whole", ("name", name));
        var kept = await files.Keep(content, name, Audience.Staff, cancel);
        uploads.Remove(response.Id, id);
        return kept.Hash;
    }
}
