using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;

namespace Plenaria.Publishing.Contact;

/// <summary>The public's way to write to the Secretariat.</summary>
[AllowAnonymous]
internal sealed class IndexModel(
    PlenariaDb db,
    Journal journal,
    ClientLimits limits,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel
{
    internal sealed class Fields
    {
        [Required(ErrorMessage = "publishing.contact.name-missing"), StringLength(ContactMessage.NameMaxLength)]
        public string? Name { get; set; }

        [
            Required(ErrorMessage = "access.email-missing"),
            EmailAddress(ErrorMessage = "access.not-an-address"),
            StringLength(ContactMessage.EmailMaxLength)
        ]
        public string? Email { get; set; }

        [Required(ErrorMessage = "publishing.contact.subject-missing"), StringLength(ContactMessage.SubjectMaxLength)]
        public string? Subject { get; set; }

        [Required(ErrorMessage = "publishing.contact.text-missing"), StringLength(ContactMessage.TextMaxLength)]
        public string? Text { get; set; }
    }

    public Fields Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public bool Sent { get; set; }

    /// <param name="website">A field nobody sees: what fills it in is a program.</param>
    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] Fields input,
        string? website,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!visitor.IsSignedIn)
            limits.CountAsk(HttpContext, "contact");
        if (string.IsNullOrEmpty(website))
        {
            var acting = visitor.Acting();
            var message = new ContactMessage
            {
                Id = Guid.CreateVersion7(acting.At),
                Name = Input.Name!.Trim(),
                Email = Accounts.Normal(Input.Email!),
                Subject = Input.Subject!.Trim().ReplaceLineEndings(" "),
                Text = Input.Text!.ReplaceLineEndings("\n").Trim(),
                Language = phrases.Language,
                At = acting.At,
            };
            db.Add(message);
            journal.Append(
                acting,
                $"contact:{message.Id:N}",
                "publishing.contact-received",
                null,
                new { language = phrases.Language.Code }
            );
            await db.SaveChangesAsync(cancel);
        }
        return Redirect($"/{phrases.Language}/contact?sent=true");
    }
}
