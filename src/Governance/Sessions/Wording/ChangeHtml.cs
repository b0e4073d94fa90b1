using DiffPlex.DiffBuilder.Model;
using Microsoft.AspNetCore.Html;

namespace Plenaria.Sessions.Wording;

/// <summary>A change of words as it is read: what goes is struck out, what comes is underlined.</summary>
internal static class ChangeHtml
{
    public static IHtmlContent Of(IReadOnlyList<DiffPiece> pieces)
    {
        var html = new HtmlContentBuilder();
        foreach (var piece in pieces)
            if (piece.Type is ChangeType.Inserted or ChangeType.Deleted)
                html.AppendHtml(piece.Type == ChangeType.Inserted ? "<ins>" : "<del>")
                    .Append(piece.Text)
                    .AppendHtml(piece.Type == ChangeType.Inserted ? "</ins>" : "</del>");
            else
                html.Append(piece.Text);
        return html;
    }
}
