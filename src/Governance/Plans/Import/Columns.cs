using System.Text.RegularExpressions;

namespace Plenaria.Plans.Import;

/// <summary>
/// Which column of a table holds the action's name, which the direction's; learnt from the heading row.
/// </summary>
internal sealed partial class Columns
{
    public static readonly Columns None = new(null, [], -1, -1);

    private readonly IReadOnlyList<string> _names;
    private readonly int _action,
        _direction;

    private Columns(Block? header, IReadOnlyList<string> names, int action, int direction) =>
        (Header, _names, _action, _direction) = (header, names, action, direction);

    public Block? Header { get; }

    /// <summary>
    /// Reads one row: null for a heading row (then <paramref name="columns"/> is learnt) and for a row without an
    /// action.
    /// </summary>
    public DraftAction? TryRead(Block row, ref Columns columns, bool keepDirection = false)
    {
        if (Header is null)
        {
            var names = row.Cells.ToList();
            var action = names.FindIndex(n => ActionWord().IsMatch(n));
            if (action >= 0)
                columns = new(row, names, action, names.FindIndex(n => DirectionWord().IsMatch(n)));
            return null;
        }
        var cells = row.Cells;
        if (_action >= cells.Count || cells[_action].Length == 0)
            return null;
        var rest = cells
            .Select((cell, i) => (cell, i))
            .Where(c => c.i != _action && (keepDirection || c.i != _direction) && c.cell.Length > 0)
            .Select(c => new Passage(c.i < _names.Count ? $"{_names[c.i]}: {c.cell}" : c.cell, row.Lines));
        return new(new(Block.Tidy(cells[_action]), row.Lines), [.. rest]);
    }

    public string DirectionOf(Block row) =>
        _direction >= 0 && _direction < row.Cells.Count ? row.Cells[_direction] : "";

    [GeneratedRegex(
        @"^(acci[óo]n|acciones|actions?|activit\w*|actividad(es)?|actuaci\w*|a[cç][ãa]o|a[cç][õo]es|atividades?|mesures?|measures?)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex ActionWord();

    [GeneratedRegex(
        @"^(eje|ejes|eix|eixo|axes?|axis|l[íi]nea|linha|direcci[óo]n|direction|priority area|objetivo|objectiu|objectif|objective)\b",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex DirectionWord();
}
