using System.ComponentModel.DataAnnotations;
using Plenaria.Comments;
using Plenaria.Members;

namespace Plenaria.Exchange.Asking;

/// <summary>What a conversation is begun with, whichever kind it is.</summary>
internal class TextFields
{
    [Required(ErrorMessage = "exchange.text-missing"), StringLength(CommentService.TextMaxLength)]
    public string? Text { get; set; }

    /// <summary>The member in whose name it is written, where somebody represents several.</summary>
    public Guid? For { get; set; }

    // Read while a form is validated, too: then nothing may have been typed.
    public string Plain => Text?.Trim() ?? "";

    public MemberLine? Speaker(IReadOnlyList<MemberLine> own) =>
        own.FirstOrDefault(m => m.Id.Value == For) ?? (own.Count > 0 ? own[0] : null);
}

internal class AskFields : TextFields
{
    [Required(ErrorMessage = "exchange.title-missing"), StringLength(Thread.TitleMaxLength)]
    public string? Title { get; set; }

    public string Name => Title?.ReplaceLineEndings(" ").Trim() ?? "";
}
