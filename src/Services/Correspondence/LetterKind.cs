using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Correspondence;

/// <summary>Which letters leave before which.</summary>
public enum LetterPriority
{
    /// <summary>Somebody waits for it at this moment: no hold and no limit keeps it back.</summary>
    Urgent = 0,

    /// <summary>To one person, about one matter.</summary>
    Ordinary = 10,

    /// <summary>To many people at once.</summary>
    Bulk = 20,
}

/// <summary>Whether readers choose how they get letters of a kind.</summary>
public enum LetterChoice
{
    /// <summary>
    /// They always come: what answers an act of the reader, what a procedure prescribes, what signs somebody in.
    /// </summary>
    Always,

    /// <summary>At once or never.</summary>
    Optional,

    /// <summary>At once, collected into one letter a day or a week, or never.</summary>
    Digestible,

    /// <summary>Readers choose in another place, which the letters name themselves.</summary>
    Elsewhere,
}

/// <summary>
/// What a letter is for, as a module declares it: staff see what leaves by these kinds, readers choose by them.
/// </summary>
/// <param name="Key">Kept with each letter.</param>
/// <param name="TextKey">What it is called.</param>
/// <param name="WhyKey">A sentence that tells its reader why they get it.</param>
public sealed record LetterKind(string Key, string TextKey, string WhyKey, LetterPriority Priority, LetterChoice Choice)
    : IUniqueDeclaration
{
    /// <summary>It goes to holders of these roles; to anybody where there are none.</summary>
    public IReadOnlyList<Role> Roles { get; init; } = [];

    /// <summary>Where else its readers choose, without the language.</summary>
    public string? ChoicePath { get; init; }

    /// <summary>A link or code that signs somebody in.</summary>
    public const string SignIn = "sign-in";

    /// <summary>What a module tells somebody; that of letters which name no kind.</summary>
    public const string Notice = "notice";

    /// <summary>Letters that were collected for a reader.</summary>
    public const string Digest = "digest";

    /// <summary>By which staff see whether mail arrives.</summary>
    public const string Test = "test";

    /// <summary>Length of a key, in characters.</summary>
    public const int KeyMaxLength = 40;

    /// <summary>How readers may get it; nothing where it is not theirs to choose.</summary>
    internal IReadOnlyList<LetterRhythm> Rhythms =>
        Choice switch
        {
            LetterChoice.Optional => [LetterRhythm.AtOnce, LetterRhythm.Never],
            LetterChoice.Digestible => Enum.GetValues<LetterRhythm>(),
            _ => [],
        };

    internal bool IsChosen => Choice is LetterChoice.Optional or LetterChoice.Digestible;
}

public static class LetterKindExtensions
{
    /// <summary>What a kind is called; one that no module declares any more, by its key.</summary>
    internal static string NameOfKind(this PageLocalizer texts, ModuleCatalog modules, string kind) =>
        modules.Declared<LetterKind>().FirstOrDefault(k => k.Key == kind) is { } known ? texts[known.TextKey] : kind;

    /// <summary>A kind of letter that the module writes.</summary>
    /// <param name="key">For <see cref="LetterDraft.Kind"/>.</param>
    /// <param name="why">The text of the sentence that tells its reader why they get it.</param>
    /// <param name="roles">Whose holders get it; anybody where none is named.</param>
    public static ModuleBuilder LetterKind(
        this ModuleBuilder module,
        string key,
        string textKey,
        string why,
        LetterPriority priority,
        LetterChoice choice,
        params Role[] roles
    ) => module.Add(new LetterKind(key, textKey, why, priority, choice) { Roles = roles });
}
