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

/// <summary>What a letter is for, as a module declares it: staff see what leaves by these kinds.</summary>
/// <param name="Key">Kept with each letter.</param>
/// <param name="TextKey">What it is called.</param>
public sealed record LetterKind(string Key, string TextKey, LetterPriority Priority) : IUniqueDeclaration
{
    /// <summary>A link or code that signs somebody in.</summary>
    public const string SignIn = "sign-in";

    /// <summary>What a module tells somebody; that of letters which name no kind.</summary>
    public const string Notice = "notice";

    /// <summary>By which staff see whether mail arrives.</summary>
    public const string Test = "test";

    /// <summary>Length of a key, in characters.</summary>
    public const int KeyMaxLength = 40;
}

public static class LetterKindExtensions
{
    /// <summary>What a kind is called; one that no module declares any more, by its key.</summary>
    internal static string NameOfKind(this PageLocalizer texts, ModuleCatalog modules, string kind) =>
        modules.Declared<LetterKind>().FirstOrDefault(k => k.Key == kind) is { } known ? texts[known.TextKey] : kind;

    /// <summary>A kind of letter that the module writes.</summary>
    /// <param name="key">For <see cref="LetterDraft.Kind"/>.</param>
    public static ModuleBuilder LetterKind(
        this ModuleBuilder module,
        string key,
        string textKey,
        LetterPriority priority
    ) => module.Add(new LetterKind(key, textKey, priority));
}
