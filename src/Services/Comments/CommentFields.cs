using System.ComponentModel.DataAnnotations;

namespace Plenaria.Comments;

/// <summary>What a comment is written with.</summary>
internal sealed class CommentFields
{
    [Required(ErrorMessage = "comments.text-missing"), StringLength(CommentService.TextMaxLength)]
    public string? Text { get; set; }

    // Read while a form is validated, too: then nothing may have been typed.
    public string Plain => Text?.ReplaceLineEndings("\n").Trim() ?? "";
}
