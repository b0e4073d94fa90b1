using System.ComponentModel.DataAnnotations;

namespace Plenaria.Requests;

/// <summary>What a request asks for, and until when.</summary>
internal sealed class RequestFields
{
    [Required(ErrorMessage = "requests.title-missing"), StringLength(MemberRequest.TitleMaxLength)]
    public string? Title { get; set; }

    [StringLength(MemberRequest.TextMaxLength)]
    public string? Text { get; set; }

    [Required(ErrorMessage = "requests.form-missing"), StringLength(MemberRequest.FormMaxLength)]
    public string? Form { get; set; }

    [Required(ErrorMessage = "requests.due-missing")]
    public DateOnly? Due { get; set; }
    public int Version { get; set; }
}
