using Plenaria.Platform.Language;

namespace Plenaria.Members.Import;

/// <summary>
/// The words for the choices of a member's record, as a file may write them: those of the interface in the five
/// languages, and the keys.
/// </summary>
internal sealed class ChoiceWords(Localizer texts)
{
    private readonly Dictionary<Type, Dictionary<string, object>> _known = [];

    public T? Find<T>(string text)
        where T : struct, Enum
    {
        if (!_known.TryGetValue(typeof(T), out var known))
            _known[typeof(T)] = known = Read<T>();
        return known.TryGetValue(KeyOf(text), out var value) ? (T)value : null;
    }

    /// <summary>All of them, as the reader's language calls them.</summary>
    public string Choices<T>(Language reader)
        where T : struct, Enum => string.Join("; ", Enum.GetValues<T>().Select(v => Label(reader, v)));

    private Dictionary<string, object> Read<T>()
        where T : struct, Enum
    {
        var known = new Dictionary<string, object>();
        foreach (var value in Enum.GetValues<T>())
        {
            known.TryAdd(KeyOf(value.ToString()), value);
            foreach (var label in Language.All.Select(l => Label(l, value)))
            {
                known.TryAdd(KeyOf(label), value);
                // "University or research centre": each of the two is that.
                foreach (
                    var part in label.Split(
                        Alternatives,
                        StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
                    )
                )
                    known.TryAdd(KeyOf(part), value);
            }
        }
        return known;
    }

    private static readonly string[] Alternatives = [" or ", " o ", " ou "];

    private static string KeyOf(string text) => Folding.Fold(text).Replace(" ", "", StringComparison.Ordinal);

    private string Label<T>(Language reader, T value)
        where T : struct, Enum
    {
        var prefix =
            typeof(T) == typeof(MemberKind) ? "kind"
            : typeof(T) == typeof(MemberClass) ? "class"
            : "population";
        return texts.Get(reader, $"members.{prefix}.{PageLocalizer.Kebab(value.ToString())}");
    }
}
