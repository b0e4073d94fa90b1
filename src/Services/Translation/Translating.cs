using Plenaria.Platform.Access;

namespace Plenaria.Translation;

/// <summary>
/// One text of a record: its name within the record, what a reader would call it, and all its wordings.
/// </summary>
/// <param name="Name">Lasting, of letters, digits and hyphens, e.g. <c>summary</c>.</param>
public sealed record TranslatableText(string Name, string Label, LocalizedText Text);

/// <summary>A published record whose texts can be translated.</summary>
/// <param name="MayChange">Whether the one who asked may change it without having been given the task.</param>
public sealed record Translatable(
    Reference Reference,
    string Path,
    LocalizedText Title,
    IReadOnlyList<TranslatableText> Texts,
    bool MayChange
);

/// <summary>A module whose published records have texts in several languages.</summary>
public interface ITranslatables
{
    /// <summary>What the register calls them.</summary>
    IReadOnlyCollection<string> Kinds { get; }

    /// <summary>
    /// The record of this reference, its texts in the order in which it is read; null when this module has none.
    /// </summary>
    Task<Translatable?> Read(
        Reference reference,
        OperationContext acting,
        Kernel.Language reader,
        CancellationToken cancel
    );

    /// <summary>
    /// Changes the record's texts: each goes through <paramref name="reword"/> under its name and comes back as it is
    /// to be.
    /// Who may do so was asked before.
    /// </summary>
    Task Write(
        Reference reference,
        Func<string, LocalizedText, LocalizedText> reword,
        OperationContext acting,
        CancellationToken cancel
    );
}

/// <summary>A translated text as it comes in: from a form, a file, a machine.</summary>
/// <param name="SourceHash">The original it was made from, as <see cref="LocalizedText.HashOf"/> names it; a
/// translation of an older one is kept as stale. Null: of the original as it reads now.</param>
public sealed record Translated(string Name, string Text, string? SourceHash = null, bool ByMachine = false);

/// <summary>Translates by machine: a port that a network connects to a service of its choice, or leaves open.</summary>
public interface IMachineTranslation
{
    bool IsOn { get; }

    /// <summary>The texts in the other language, in the same order.</summary>
    /// <exception cref="RuleViolationException">The service cannot be reached, or does not answer as it
    /// should.</exception>
    Task<IReadOnlyList<string>> Translate(
        IReadOnlyList<string> texts,
        Kernel.Language from,
        Kernel.Language to,
        CancellationToken cancel
    );
}
