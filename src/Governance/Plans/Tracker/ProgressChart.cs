using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;
using Plenaria.Platform.Language;

namespace Plenaria.Plans.Tracker;

/// <summary>
/// A plan at a glance: a row per direction, a square per action, filled as far as the action has come. Drawn here as
/// SVG;
/// every square is a link that says in words what it shows.
/// </summary>
internal static class ProgressChart
{
    private const int Cell = 40,
        Gap = 6,
        PerRow = 8;

    public static IHtmlContent Draw(PageLocalizer t, WorkPlan plan)
    {
        var html = new HtmlContentBuilder();
        html.AppendHtml("<div class=\"progress\">");
        foreach (var direction in plan.Directions.OrderBy(d => d.Number))
        {
            var actions = plan.ActionsOf(direction).ToList();
            if (actions.Count == 0)
                continue;
            var rows = (actions.Count + PerRow - 1) / PerRow;
            var (width, height) = (PerRow * (Cell + Gap) - Gap, rows * (Cell + Gap) - Gap);
            html.AppendHtml($"<div class=\"progress-row d{direction.Number}\"><p class=\"progress-name\">")
                .AppendHtml(t.Text(direction.Title))
                .AppendHtml("</p>");
            html.AppendHtml(
                $"<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"group\" aria-label=\"{Encode(direction.Title.For(t.Language))}\">"
            );
            for (var i = 0; i < actions.Count; i++)
                Square(html, t, plan, actions[i], i % PerRow * (Cell + Gap), i / PerRow * (Cell + Gap));
            html.AppendHtml("</svg></div>");
        }
        return html.AppendHtml("</div>");
    }

    /// <summary>What the fillings mean, in words.</summary>
    public static IHtmlContent Legend(PageLocalizer t)
    {
        var html = new HtmlContentBuilder();
        html.AppendHtml("<ul class=\"plain legend\">");
        foreach (var state in Enum.GetValues<ActionState>())
        {
            html.AppendHtml("<li><svg viewBox=\"0 0 40 40\" width=\"20\" height=\"20\" aria-hidden=\"true\">");
            Mark(html, state, 0, 0);
            html.AppendHtml("</svg> ").Append(t.Name("plans.state", state)).AppendHtml("</li>");
        }
        return html.AppendHtml("</ul>");
    }

    private static void Square(HtmlContentBuilder html, PageLocalizer t, WorkPlan plan, PlanAction action, int x, int y)
    {
        var label = $"{action.Number}. {action.Title.For(t.Language)}: {t.Name("plans.state", action.State)}";
        html.AppendHtml(
            $"<a href=\"/{t.Language}{plan.PathOf(action)}\" aria-label=\"{Encode(label)}\"><title>{Encode(label)}</title>"
        );
        Mark(html, action.State, x, y);
        var onFill = action.State == ActionState.Complete ? " on-fill" : "";
        html.AppendHtml(
            $"<text class=\"mark-number{onFill}\" x=\"{x + Cell / 2}\" y=\"{y + 26}\" text-anchor=\"middle\">{action.Number}</text></a>"
        );
    }

    private static void Mark(HtmlContentBuilder html, ActionState state, int x, int y)
    {
        var filled = state switch
        {
            ActionState.UnderWay => 13,
            ActionState.WellAdvanced => 26,
            ActionState.Complete => Cell,
            _ => 0,
        };
        if (filled > 0)
            html.AppendHtml(
                $"<rect class=\"mark-fill\" x=\"{x}\" y=\"{y + Cell - filled}\" width=\"{Cell}\" height=\"{filled}\"/>"
            );
        html.AppendHtml(
            $"<rect class=\"mark-edge\" x=\"{x + 1}\" y=\"{y + 1}\" width=\"{Cell - 2}\" height=\"{Cell - 2}\"/>"
        );
        if (state == ActionState.Dropped)
            html.AppendHtml($"<path class=\"mark-line\" d=\"M{x + 4} {y + 4}l32 32\"/>");
        if (state == ActionState.CarriedOver)
            html.AppendHtml($"<path class=\"mark-line\" d=\"M{x + 26} {y + 4}l10 8-10 8\"/>");
    }

    // Letters stand as they are, as in the page around the picture.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static string Encode(string text) => Encoder.Encode(text);
}
