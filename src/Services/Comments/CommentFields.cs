using System.ComponentModel.DataAnnotations;

namespace Plenaria.Comments;

/// <summary>What a comment is written with.</summary>
internal sealed class CommentFields
{
    [Required(ErrorMessage = "comments.text-missing"), StringLength(CommentService.TextMaxLength)]
    public string? Text { get; set; }

    /// <summary>The language it is written in: that of the page unless another one was chosen.</summary>
    public string? Language { get; set; }

    // Read while a form is validated, too: then nothing may have been typed.
    public string Plain => Text?.Trim() ?? "";
}
