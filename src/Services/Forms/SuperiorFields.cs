using System.ComponentModel.DataAnnotations;

namespace Plenaria.Forms;

/// <summary>Whom a form is shown to before it is sent.</summary>
internal sealed class SuperiorFields
{
    [Required(ErrorMessage = "site.missing"), StringLength(FormReview.NameMaxLength)]
    public string Name { get; set; } = "";

    [
        Required(ErrorMessage = "access.email-missing"),
        EmailAddress(ErrorMessage = "access.not-an-address"),
        StringLength(FormResponse.EmailMaxLength)
    ]
    public string Email { get; set; } = "";
}
