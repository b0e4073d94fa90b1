using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Language;

namespace Plenaria.Sessions.Minutes;

/// <summary>Minutes as they are printed.</summary>
internal static class MinutesDocument
{
    /// <param name="network">Its name in the language of the minutes.</param>
    public static Document Of(SessionMinutes minutes, string network, Localizer texts, string link)
    {
        var blocks = Markup.Blocks(minutes.Text).ToList();
        // Its first heading is the title of the whole.
        var title = blocks.FirstOrDefault() is HeadingBlock { Level: 1 } first ? first : null;
        var state = texts.Get(
            minutes.Language,
            $"sessions.minutes.state.{PageLocalizer.Kebab(minutes.State.ToString())}"
        );
        return new(
            title is null ? minutes.Of.ToString() : Words(title.Inline),
            minutes.Language,
            [
                .. blocks.Where(b => b != title).SelectMany(Parts),
                new SignatureBlock([
                    (texts.Get(minutes.Language, "sessions.minutes.sign.chair"), network),
                    (texts.Get(minutes.Language, "sessions.minutes.sign.secretary"), network),
                ]),
            ]
        )
        {
            Subtitle = $"{minutes.Of} · {state}{(minutes.ApprovedBy is { } by ? $" · {by}" : "")}",
            Link = link,
            Footer = minutes.Hash is { } hash
                ? $"{minutes.Of} · SHA-256 {Convert.ToHexStringLower(hash)[..16]}"
                : $"{minutes.Of} · {state}",
        };
    }

    private static IEnumerable<Part> Parts(Block block) =>
        block switch
        {
            HeadingBlock heading => [new Heading(Math.Clamp(heading.Level - 1, 1, 3), Words(heading.Inline))],
            ListBlock list =>
            [
                new Listing([
                    .. list.OfType<ListItemBlock>()
                        .Select(i => string.Join(' ', i.Descendants<ParagraphBlock>().Select(p => Words(p.Inline)))),
                ]),
            ],
            QuoteBlock quote => quote
                .SelectMany(Parts)
                .Select(p => p is Paragraph said ? new Paragraph($"«{said.Text}»") : p),
            LeafBlock { Inline: { } inline } => [new Paragraph(Words(inline))],
            LeafBlock leaf => [new Paragraph(leaf.Lines.ToString())],
            ContainerBlock container => container.SelectMany(Parts),
            _ => [],
        };

    private static string Words(ContainerInline? inline) => inline is null ? "" : string.Concat(inline.Select(Words));

    private static string Words(Inline inline) =>
        inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            LineBreakInline => " ",
            ContainerInline container => Words(container),
            _ => "",
        };
}
