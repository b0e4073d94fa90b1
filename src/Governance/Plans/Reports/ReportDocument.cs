using Plenaria.Platform.Documents;
using Plenaria.Platform.Language;

namespace Plenaria.Plans.Reports;

/// <summary>A report as it is printed.</summary>
internal static class ReportDocument
{
    public static Document Of(ReportContent content, AnnualReport report, PageLocalizer t, string? link) =>
        new(
            content.Title.For(t.Language),
            t.Language,
            [
                .. Errata(report, t),
                .. Introduction(content, t),
                .. FigureTables(content, t),
                .. Comparison(content, t),
                .. Actions(content, t, link),
                .. Seal(report, t),
            ]
        )
        {
            Subtitle = $"{content.Reference} · {content.Period.For(t.Language)} · {StateOf(content, t)}",
            Link = link,
            Footer = report.Hash is { } hash
                ? $"{content.Reference} · {AnnualReport.CheckCode(hash)}"
                : $"{content.Reference} · {t["plans.report.draft"]}",
        };

    private static string StateOf(ReportContent content, PageLocalizer t) =>
        content.ClosedAt is { } at
            ? t["plans.report.closed-on", ("date", DateOnly.FromDateTime(at.UtcDateTime))]
            : t["plans.report.draft"];

    private static IEnumerable<Part> Errata(AnnualReport report, PageLocalizer t)
    {
        if (report.Errata.Count == 0)
            yield break;
        yield return new Heading(1, t["plans.report.errata"]);
        foreach (var erratum in report.Errata)
        {
            yield return new Paragraph(erratum.Text.For(t.Language));
            var number = t["plans.report.erratum-number", ("number", erratum.Number)];
            yield return new Paragraph($"{number} · {t.Day(erratum.At)} · {Signed(erratum)}", IsQuiet: true);
        }
    }

    public static string Signed(Erratum erratum) =>
        erratum.InTheNameOf is null ? erratum.By : $"{erratum.By}, {erratum.InTheNameOf}";

    private static IEnumerable<Part> Introduction(ReportContent content, PageLocalizer t) =>
        content
            .Introduction.For(t.Language)
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(p => new Paragraph(p));

    private static IEnumerable<Part> FigureTables(ReportContent content, PageLocalizer t)
    {
        var rows = content
            .Plans.SelectMany(p => p.Directions.Select(d => (Name: $"{p.Year} · {d.Title.For(t.Language)}", d.Figures)))
            .Append((Name: t["plans.report.total"], Figures: content.Total))
            .ToList();
        var states = Enum.GetValues<ActionState>();
        var achievements = Enum.GetValues<Achievement>();
        yield return new Heading(1, t["plans.report.figures"]);
        yield return new Table(
            [t["plans.direction"], t["plans.all-actions"], .. states.Select(s => t.Name("plans.state", s))],
            [
                .. rows.Select(r =>
                    (IReadOnlyList<string>)
                        [r.Name, t.Number(r.Figures.Actions), .. states.Select(s => t.Number(r.Figures.States[s]))]
                ),
            ]
        );
        yield return new Table(
            [
                t["plans.direction"],
                t["plans.report.documented"],
                t["plans.to-be-documented"],
                .. achievements.Select(a => t.Name("plans.report.achievement", a)),
            ],
            [
                .. rows.Select(r =>
                    (IReadOnlyList<string>)
                        [
                            r.Name,
                            t.Number(r.Figures.Documented),
                            t.Number(r.Figures.ToBeDocumented),
                            .. achievements.Select(a => t.Number(r.Figures.Achievements[a])),
                        ]
                ),
            ]
        );
    }

    private static IEnumerable<Part> Comparison(ReportContent content, PageLocalizer t)
    {
        if (content.Before is not { } before)
            yield break;
        yield return new Heading(1, t["plans.report.comparison"]);
        yield return new Paragraph(
            t["plans.report.compared-with", ("reference", before.Reference), ("period", before.Period)]
        );
        yield return new Table(
            [t["plans.report.figure"], t["plans.report.before"], t["plans.report.now"], t["plans.report.difference"]],
            [
                .. ReportLines
                    .Of(before.Total, content.Total, t)
                    .Select(l =>
                        (IReadOnlyList<string>)
                            [l.Name, t.Number(l.Before), t.Number(l.Now), ReportLines.Signed(t, l.Now - l.Before)]
                    ),
            ]
        );
    }

    private static IEnumerable<Part> Actions(ReportContent content, PageLocalizer t, string? link)
    {
        foreach (var plan in content.Plans)
        {
            yield return new Heading(1, plan.Title.For(t.Language));
            foreach (var direction in plan.Directions)
            {
                yield return new Heading(2, direction.Title.For(t.Language));
                foreach (var part in direction.Actions.SelectMany(a => Of(a, t, link)))
                    yield return part;
            }
        }
    }

    private static IEnumerable<Part> Of(ReportedAction action, PageLocalizer t, string? link)
    {
        yield return new Heading(3, $"{action.Number}. {action.Title.For(t.Language)}");
        yield return new Paragraph(string.Join(" · ", Standing(action, t)), IsQuiet: true);
        if (!action.Purpose.IsEmpty)
            yield return new Paragraph(action.Purpose.For(t.Language));
        if (!action.Note.IsEmpty)
            yield return new Paragraph($"{t["plans.report.note"]}: {action.Note.For(t.Language)}");
        // On paper a link must be readable, and whole where the house knows its own address.
        string Records(string path) =>
            link is null ? $"/{t.Language}{path}" : new Uri(new Uri(link), $"/{t.Language}{path}").ToString();
        string TargetOf(EvidenceKind kind, string? target) =>
            target is null ? ""
            : kind == EvidenceKind.Indicator ? $", {Records(target)}"
            : $", {target}";
        string[] happened =
        [
            .. action.Changes.Select(c =>
            {
                var change = $"{t.Name("plans.state", c.From)} → {t.Name("plans.state", c.To)}";
                return $"{t.Day(c.At)}: {change}{(c.Note.Length > 0 ? $". {c.Note}" : "")}";
            }),
            .. action.Evidence.Select(e =>
            {
                var kind = t.Name("plans.evidence", e.Kind) + TargetOf(e.Kind, e.Target);
                return $"{t.Date(e.Date)}: {e.Text.For(t.Language)} ({kind})";
            }),
            .. (action.Instruments ?? []).SelectMany(i =>
                i.Figures.Select(f => $"{i.Title.For(t.Language)}: {ReportLines.Say(f, t)} ({Records(f.RecordsPath)})")
            ),
        ];
        if (happened.Length > 0)
            yield return new Listing(happened);
    }

    private static IEnumerable<string> Standing(ReportedAction action, PageLocalizer t)
    {
        yield return action.Reference.ToString();
        yield return t.Name("plans.state", action.State);
        if (action.ToBeDocumented)
            yield return t["plans.to-be-documented"];
        yield return $"{t["plans.report.purpose"]}: {t.Name("plans.report.achievement", action.Achievement)}";
        if (action.Fate is { } fate)
            yield return $"{t["plans.report.fate"]}: {t.Name("plans.report.fate", fate)}";
    }

    private static IEnumerable<Part> Seal(AnnualReport report, PageLocalizer t) =>
        report.Hash is { } hash
            ?
            [
                new Heading(1, t["plans.report.check-code"]),
                new Paragraph(AnnualReport.CheckCode(hash)),
                new Paragraph($"SHA-256: {Convert.ToHexStringLower(hash)}", IsQuiet: true),
            ]
            : [];
}

/// <summary>One figure of two periods.</summary>
internal sealed record ReportLine(string Name, int Before, int Now, string Filter);

internal static class ReportLines
{
    /// <summary>
    /// Every figure of a report beside that of the one before; the filter leads to the actions behind it.
    /// </summary>
    public static IEnumerable<ReportLine> Of(Figures before, Figures now, PageLocalizer t) =>
        [
            new(t["plans.all-actions"], before.Actions, now.Actions, ""),
            .. Enum.GetValues<ActionState>()
                .Select(s => new ReportLine(t.Name("plans.state", s), before.States[s], now.States[s], $"state={s}")),
            new(
                t["plans.report.documented"],
                before.Documented,
                now.Documented,
                $"records={DocumentationState.Documented}"
            ),
            new(
                t["plans.to-be-documented"],
                before.ToBeDocumented,
                now.ToBeDocumented,
                $"records={DocumentationState.ToBeDocumented}"
            ),
            .. Enum.GetValues<Achievement>()
                .Select(a => new ReportLine(
                    t.Name("plans.report.achievement", a),
                    before.Achievements[a],
                    now.Achievements[a],
                    $"achievement={a}"
                )),
        ];

    /// <summary>A figure in words.</summary>
    public static string Say(ReportedFigure figure, PageLocalizer t)
    {
        try
        {
            return t.Count(figure.TextKey, figure.Value);
        }
        catch (KeyNotFoundException)
        {
            // The module that counted it, and its words, may be gone; a closed report must still be read.
            return t.Number(figure.Value);
        }
    }

    /// <summary>A difference with its sign; none is a plain nought.</summary>
    public static string Signed(PageLocalizer t, int difference) =>
        difference > 0 ? $"+{t.Number(difference)}"
        : difference < 0 ? $"−{t.Number(-difference)}"
        : t.Number(0);
}
