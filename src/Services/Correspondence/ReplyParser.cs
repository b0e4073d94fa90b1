using System.Text.RegularExpressions;

namespace Plenaria.Correspondence;

/// <summary>
/// What somebody wrote in an answer, apart from the letter it answers. <paramref name="IsCertain"/> is false where some
/// of it may be the quoted letter, or where something was written below or between its lines: it is then shown to its
/// sender alone.
/// </summary>
internal sealed record ParsedReply(string Written, bool IsCertain);

/// <summary>
/// Divides an answer from the letter it quotes, as Gmail, Apple Mail, Thunderbird, Outlook and Yahoo write it in the
/// five languages of the platform: a line that introduces the quotation, lines that begin with &gt;, a copied header, a
/// divider. Works line by line; its time grows with the length of the text.
/// </summary>
public static partial class ReplyParser
{
    /// <summary>
    /// In letters that can be answered this stands above the text, with words that ask to write above it.
    /// </summary>
    public const string Marker = "##-";

    private const int MaxCharacters = 200_000,
        MaxIntroduction = 4;

    internal static ParsedReply Parse(string text)
    {
        var isWhole = text.Length <= MaxCharacters;
        var lines = (isWhole ? text : text[..MaxCharacters])
            .ReplaceLineEndings("\n")
            .Replace('\u00a0', ' ')
            .Split('\n');
        var (start, end) = Quotation(lines);
        var written = lines[..start].ToList();
        var signature = written.FindIndex(l => l is "-- " or "--" || SentFrom().IsMatch(l));
        if (signature >= 0)
            written.RemoveRange(signature, written.Count - signature);
        var said = string.Join('\n', written).Trim();
        return new(said, isWhole && !LooksQuoted(written) && !IsSigned(written) && !HasMoreBelow(lines, end));
    }

    // Where the quotation begins, with the line that introduces it, and the first line after that introduction.
    private static (int Start, int End) Quotation(string[] lines)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Contains(Marker, StringComparison.Ordinal))
                return (BeforeIntroduction(lines, i, line[..line.IndexOf(Marker, StringComparison.Ordinal)]), i + 1);
            if (Divider().IsMatch(line) || IsHeader(lines, i))
                return (i, i + 1);
            if (line.StartsWith('>'))
                return (BeforeIntroduction(lines, i), i);
            if (Introduced(lines, i) is { } after)
                return (i, after);
        }
        return (lines.Length, lines.Length);
    }

    // The introduction is one line, or is broken into several: it ends in a colon.
    private static int? Introduced(string[] lines, int from)
    {
        if (lines[from].Trim().Length == 0)
            return null;
        var joined = "";
        for (var i = from; i < Math.Min(from + MaxIntroduction, lines.Length); i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0)
                return null;
            joined = joined.Length == 0 ? line : $"{joined} {line}";
            if (joined.Length > 400)
                return null;
            if (joined.EndsWith(':') && Introduces(joined))
                return i + 1;
        }
        return null;
    }

    // Somebody wrote, at some time: a verb of writing, or an address beside a date, and a colon at the end.
    private static bool Introduces(string line) =>
        line.Any(char.IsAsciiDigit) && (WroteAtEnd().IsMatch(line) || Address().IsMatch(line) && Year().IsMatch(line));

    /// <param name="rest">What of the introduction stands on the quoted line itself.</param>
    private static int BeforeIntroduction(string[] lines, int quoted, string rest = "")
    {
        var last = quoted - 1;
        while (last >= 0 && last > quoted - 3 && lines[last].Trim().Length == 0)
            last--;
        for (var first = last; first >= 0 && first > last - MaxIntroduction; first--)
            if (Introduces($"{string.Join(' ', lines[first..(last + 1)])} {rest}".Trim()))
                return first;
        return quoted;
    }

    // Outlook copies the head of the letter: a sender, and within the next lines a day, an addressee or a subject.
    private static bool IsHeader(string[] lines, int at) =>
        From().IsMatch(lines[at].Trim())
        && (
            Address().IsMatch(lines[at])
            || lines[at..Math.Min(at + 6, lines.Length)].Skip(1).Any(l => OtherHeader().IsMatch(l.Trim()))
        );

    // What may be somebody else's: an address, a line like those of a copied head, or one that introduces something.
    private static bool LooksQuoted(List<string> written) =>
        written.Exists(l => Address().IsMatch(l) || OtherHeader().IsMatch(l.Trim()) && l.Any(char.IsAsciiDigit))
        || written.FindLast(l => l.Trim().Length > 0) is { } last
            && last.TrimEnd().EndsWith(':')
            && last.Any(char.IsAsciiDigit);

    // A telephone in the last lines is a signature without its mark: its owner decides whether everybody reads it.
    private static bool IsSigned(List<string> written) =>
        written.Where(l => l.Trim().Length > 0).TakeLast(6).Any(l => Telephone().IsMatch(l));

    // Below quoted lines stands a line that is not quoted: an answer in between, or a program's way of quoting unknown
    // here.
    private static bool HasMoreBelow(string[] lines, int from)
    {
        var below = lines[Math.Min(from, lines.Length)..];
        if (!Array.Exists(below, l => l.TrimStart().StartsWith('>')))
            return false;
        var unquoted = below
            .SkipWhile(l => !l.TrimStart().StartsWith('>'))
            .Where(l => l.Trim().Length > 0 && !l.TrimStart().StartsWith('>'))
            .ToList();
        return unquoted.Count > 0 && unquoted[0] is not ("-- " or "--");
    }

    private const RegexOptions Options =
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"^(-{2,}\s*.{1,60} (wrote|escribió|va escriure|a écrit|escreveu) ?:\s*-{2,}"
            + @"|(begin forwarded message|inicio del mensaje reenviado|inici del missatge reenviat"
            + @"|début du message réexpédié|início da mensagem (re)?encaminhada) ?:"
            + @"|-{2,}\s*(original message|mensaje original|mensagem original|message d.origine|missatge original"
            + @"|forwarded message|mensaje reenviado|mensagem encaminhada|message transféré|missatge reenviat)\s*-{2,}"
            + @"|_{10,})$",
        Options
    )]
    private static partial Regex Divider();

    [GeneratedRegex(
        @"^\s*((tel|tél|telf|teléfono|telèfon|telefone|téléphone|phone|mobile|móvil|mòbil|celular|portable)[.:]*)?\s*"
            + @"[+(]?\d[\d ().\-/]{6,}\d\s*$",
        Options
    )]
    private static partial Regex Telephone();

    [GeneratedRegex(@"^\*?(from|de)\*? ?:\*? .+$", Options)]
    private static partial Regex From();

    [GeneratedRegex(
        @"^\*?(sent|to|cc|date|subject|enviado( el)?|enviada( em)?|enviat( el)?|envoyé|para|per a|a|à|data|fecha"
            + @"|asunto|assunto|assumpte|objet)\*? ?:\*? .*$",
        Options
    )]
    private static partial Regex OtherHeader();

    [GeneratedRegex(
        @"(wrote|escribió|escribio|escrigué|va escriure|ha escrit|escreveu|a écrit)"
            + @"( \([^()]*(\([^()]*\))?[^()]*\))? ?:$",
        Options
    )]
    private static partial Regex WroteAtEnd();

    [GeneratedRegex(@"[^\s@＠<>()][@＠][^\s@＠<>()]", Options)]
    private static partial Regex Address();

    [GeneratedRegex(@"\d{1,2}[:h.]\d{2}|\b(19|20)\d{2}\b|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", Options)]
    private static partial Regex Year();

    [GeneratedRegex(
        "^(sent from|sent with|get outlook for|obtener outlook para|obtenir outlook per|obteniu l.outlook per"
            + "|télécharger outlook pour|obter o outlook para|enviado desde|enviado con|enviat des d|enviat amb"
            + "|envoyé de|envoyé depuis|envoyé avec|enviado do|enviado a partir d|enviado com) ?.{0,120}$",
        Options
    )]
    private static partial Regex SentFrom();
}
