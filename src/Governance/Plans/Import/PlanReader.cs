namespace Plenaria.Plans.Import;

/// <summary>
/// Makes a plan's tree out of its blocks. Which headings are directions is told by what stands beneath them; an action
/// is a list item with a lead, else a heading below the direction, else a plain item, else a table row.
/// </summary>
internal sealed class PlanReader
{
    private readonly List<Block> _blocks;
    private readonly List<Passage> _preamble = [];
    private readonly List<Passage> _notUnderstood = [];
    private readonly List<DraftDirection> _directions = [];

    private PlanReader(List<Block> blocks, IEnumerable<SourceLine> apart)
    {
        _blocks = blocks;
        _notUnderstood.AddRange(apart.Select(l => new Passage(l.Text.Trim(), [l.Number])));
    }

    public static PlanDraft Read(IReadOnlyList<SourceLine> lines) =>
        new PlanReader(BlockReader.Read([.. lines.Where(l => !l.IsApart)]), lines.Where(l => l.IsApart)).Read();

    private PlanDraft Read()
    {
        _notUnderstood.InsertRange(0, _blocks.Where(b => b.Shape == Shape.Ornament).Select(Whole));
        _blocks.RemoveAll(b => b.Shape == Shape.Ornament);

        var summary = TakeSummary();
        var title = TakeTitle();
        var style = DirectionStyle();
        var headings = _blocks.Where(b => b.Shape == Shape.Heading && b.Style == style).ToList();

        var sections = Sections(headings);
        var first = sections.FindIndex(s =>
            s.Heading is not null && (HasActions(s.Body) || summary.ContainsKey(s.Heading))
        );
        if (style is null || first < 0)
            ReadWithoutHeadings();
        else
            for (var i = 0; i < sections.Count; i++)
                ReadSection(sections[i], beforeFirst: i < first, summary);
        // A line of the summary that named something else than a direction is text like any other.
        _preamble.AddRange(summary.Values.Select(p => p with { Text = "- " + p.Text }));
        MarkMandate();
        return new(title, _preamble, _directions, _notUnderstood);
    }

    /// <summary>
    /// The title is what the text opens with, when that is a heading or a short line and not itself the first
    /// direction.
    /// </summary>
    private Passage? TakeTitle()
    {
        if (_blocks.FirstOrDefault() is not { } opening)
            return null;
        var sameStyle = _blocks.Skip(1).Where(b => b.Shape == Shape.Heading && b.Style == opening.Style).ToList();
        var isTitle = opening.Shape switch
        {
            Shape.Heading when opening.Style.StartsWith("num", StringComparison.Ordinal) || opening.Style == "word" =>
                false,
            Shape.Heading => sameStyle.Count == 0
                || _blocks.Skip(1).TakeWhile(b => b.Style != opening.Style).ToList() is var below
                    && (
                        !HasActions(below)
                        || below.Find(b => b.Shape == Shape.Heading) is { } next
                            && Rank(next.Style) < Rank(opening.Style)
                    ),
            Shape.Paragraph => opening.Text.Length <= 160
                && (opening.Text[^1] is ':' || !".;!?".Contains(opening.Text[^1])),
            _ => false,
        };
        if (!isTitle)
            return null;
        _blocks.RemoveAt(0);
        return new(Block.Tidy(opening.Text), opening.Lines);
    }

    /// <summary>
    /// How high a make of heading usually stands: "Axis 1" above #, # above ##, capitals above numbers, bold lines
    /// lowest.
    /// </summary>
    private static int Rank(string style) =>
        style switch
        {
            "word" => 0,
            "caps" => 7,
            "bold" => 20,
            ['#', var level] => level - '0',
            _ => 8 + style[^1] - '0',
        };

    /// <summary>
    /// The make of heading, earliest in the text, of which at least two (else one) have something beneath that can be
    /// an action.
    /// </summary>
    private string? DirectionStyle()
    {
        var styles = _blocks.Where(b => b.Shape == Shape.Heading).Select(b => b.Style).Distinct().ToList();
        var counts = styles.ToDictionary(
            s => s,
            s =>
                Sections([.. _blocks.Where(b => b.Shape == Shape.Heading && b.Style == s)])
                    .Count(section => section.Heading is not null && HasActions(section.Body))
        );
        return styles.Find(s => counts[s] > 1) ?? styles.Find(s => counts[s] == 1);
    }

    private static bool HasActions(List<Block> body) =>
        body.Exists(b => b.Shape is Shape.Heading or Shape.Item or Shape.Row);

    private List<(Block? Heading, List<Block> Body)> Sections(List<Block> headings)
    {
        var sections = new List<(Block? Heading, List<Block> Body)> { (null, []) };
        foreach (var block in _blocks)
            if (headings.Contains(block))
                sections.Add((block, []));
            else
                sections[^1].Body.Add(block);
        return sections;
    }

    /// <summary>
    /// A list before the directions whose items are their names: taken out of the text and matched, most alike first.
    /// </summary>
    private Dictionary<Block, Passage> TakeSummary()
    {
        var headings = _blocks.Skip(1).Where(b => b.Shape == Shape.Heading).ToList();
        var matched = new Dictionary<Block, Passage>();
        for (var start = 0; start < _blocks.Count; start++)
        {
            var run = _blocks.Skip(start).TakeWhile(b => b.Shape == Shape.Item && b.Text.Length <= 200).ToList();
            if (run.Count < 2)
                continue;
            var later = headings.Where(h => _blocks.IndexOf(h) > start).ToList();
            var pairs = (
                from item in run
                from heading in later
                let likeness = Likeness(item.Text, heading.Text)
                where likeness >= 0.4
                orderby likeness descending
                select (item, heading)
            ).ToList();
            var found = new Dictionary<Block, Block>();
            foreach (var (item, heading) in pairs)
                if (!found.ContainsKey(heading) && !found.ContainsValue(item))
                    found[heading] = item;
            // Names that are all different may still stand in the same order, when some of their neighbours are alike.
            var (openItems, openHeadings) = (
                run.Where(i => !found.ContainsValue(i)).ToList(),
                later.Where(h => !found.ContainsKey(h) && found.Keys.Any(f => f.Style == h.Style)).ToList()
            );
            if (found.Count * 2 >= run.Count && openItems.Count == openHeadings.Count)
                foreach (var (item, heading) in openItems.Zip(openHeadings))
                    found[heading] = item;
            if (found.Count * 3 < run.Count * 2)
            {
                start += run.Count - 1;
                continue;
            }
            foreach (var (heading, item) in found)
                matched[heading] = new(Block.Tidy(item.Text), item.Lines);
            _blocks.RemoveAll(found.ContainsValue);
            return matched;
        }
        return matched;
    }

    private static double Likeness(string left, string right)
    {
        var (a, b) = (Block.Words(left), Block.Words(right));
        return a.Count == 0 || b.Count == 0 ? 0 : (double)a.Intersect(b).Count() / a.Union(b).Count();
    }

    private void ReadSection(
        (Block? Heading, List<Block> Body) section,
        bool beforeFirst,
        Dictionary<Block, Passage> summary
    )
    {
        var (heading, body) = section;
        if (heading is null || beforeFirst)
        {
            _preamble.AddRange((heading is null ? body : body.Prepend(heading)).Select(Whole));
            return;
        }
        var numbered = heading.Style.StartsWith("num", StringComparison.Ordinal) || heading.Style == "word";
        if (!HasActions(body) && !numbered && !summary.ContainsKey(heading))
        {
            _notUnderstood.AddRange(body.Prepend(heading).Select(Whole));
            return;
        }
        summary.Remove(heading, out var second);
        var direction = new DraftDirection(new(Block.Tidy(heading.Text), heading.Lines), second, [], []);
        // A summary line that says the same word for word is the title once more; the title then owns both lines.
        if (second is not null && string.Equals(second.Text, direction.Title.Text, StringComparison.OrdinalIgnoreCase))
            direction = direction with
            {
                SummaryTitle = null,
                Title = direction.Title with { Lines = [.. heading.Lines, .. second.Lines] },
            };
        _directions.Add(direction);
        ReadActions(direction, body);
    }

    private void ReadActions(DraftDirection direction, List<Block> body)
    {
        var outermost = body.Where(b => b.Shape == Shape.Item).Select(b => b.Indent).DefaultIfEmpty(0).Min();
        bool IsOuterItem(Block b) => b.Shape == Shape.Item && b.Indent == outermost;
        var byLead = body.Exists(b => IsOuterItem(b) && b.Lead() is not null);
        var subheading = body.Find(b => b.Shape == Shape.Heading)?.Style;
        // Where the first heading below has items with leads, it groups them; else it is itself an action.
        Func<Block, bool> opens =
            byLead ? b => IsOuterItem(b) && b.Lead() is not null
            : subheading is not null ? b => b.Shape is Shape.Heading or Shape.Item && b.Style == subheading
            : IsOuterItem;

        var columns = Columns.None;
        foreach (var block in body)
        {
            if (block.Shape == Shape.Row)
            {
                if (columns.TryRead(block, ref columns, keepDirection: true) is { } rowAction)
                    direction.Actions.Add(rowAction);
                else if (columns.Header == block)
                    direction.Text.Add(Whole(block));
                else
                    _notUnderstood.Add(Whole(block));
            }
            else if (opens(block))
                direction.Actions.Add(Action(block));
            else if (direction.Actions.Count > 0 && !(byLead && block.Shape == Shape.Heading))
                direction.Actions[^1].Text.Add(Whole(block));
            else
                direction.Text.Add(Whole(block));
        }
    }

    private static DraftAction Action(Block block)
    {
        var (title, rest) =
            block.Shape == Shape.Heading ? (Block.Tidy(block.Text), "") : block.Lead() ?? block.FirstSentence();
        return new(new(title, block.Lines), rest.Length == 0 ? [] : [new(rest, block.Lines)]);
    }

    /// <summary>
    /// No heading holds anything: the items are the actions of one direction without a name, or of those a table names.
    /// </summary>
    private void ReadWithoutHeadings()
    {
        var start = _blocks.FindIndex(b => b.Shape is Shape.Item or Shape.Row);
        if (start < 0)
        {
            // Nothing that could be an action: the running text is kept as preamble, headings without content are not
            // understood.
            foreach (var block in _blocks)
                (block.Shape == Shape.Heading ? _notUnderstood : _preamble).Add(Whole(block));
            return;
        }
        _preamble.AddRange(_blocks.Take(start).Select(Whole));
        var body = _blocks.Skip(start).ToList();
        // Notes and other running text beneath the rows belong to the row above them.
        if (body[0].Shape == Shape.Row && body.TrueForAll(b => b.Shape is Shape.Row or Shape.Paragraph))
        {
            ReadTable(body);
            return;
        }
        var direction = new DraftDirection(new("", []), null, [], []);
        _directions.Add(direction);
        ReadActions(direction, body);
    }

    private void ReadTable(List<Block> rows)
    {
        var columns = Columns.None;
        foreach (var row in rows)
        {
            if (row.Shape != Shape.Row)
            {
                (_directions.LastOrDefault()?.Actions[^1].Text ?? _preamble).Add(Whole(row));
                continue;
            }
            var action = columns.TryRead(row, ref columns);
            if (columns.Header == row)
            {
                _preamble.Add(Whole(row));
                continue;
            }
            if (action is null)
            {
                _notUnderstood.Add(Whole(row));
                continue;
            }
            var name = columns.DirectionOf(row);
            if (_directions.Count == 0 || name.Length > 0 && name != _directions[^1].Title.Text)
                _directions.Add(new(new(name, row.Lines), null, [], []));
            _directions[^1].Actions.Add(action);
        }
    }

    /// <summary>
    /// The paragraph that announces the directions ("following the mandate to …, the Secretariat will work in …") is
    /// the standing mandate.
    /// </summary>
    private void MarkMandate()
    {
        var mandate = _preamble.FindLastIndex(p => p.Text.EndsWith(':'));
        if (mandate >= 0 && _directions.Count > 0)
            _preamble[mandate] = _preamble[mandate] with { IsMandate = true };
    }

    private static Passage Whole(Block block)
    {
        var text =
            block.Label.Length > 0 ? $"{block.Label} {block.Text}"
            : block.Shape == Shape.Item ? "- " + block.Text
            : block.Text;
        return new(text, block.Lines);
    }
}
