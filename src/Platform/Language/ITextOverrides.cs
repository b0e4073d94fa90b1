namespace Plenaria.Platform.Language;

/// <summary>
/// Texts that the network words otherwise than the modules ship them. The <see cref="Localizer"/> asks before it takes
/// its own; where nothing implements this, it asks nobody.
/// </summary>
public interface ITextOverrides
{
    /// <summary>The text with its placeholders; null where the shipped one holds.</summary>
    string? Find(Kernel.Language language, string key);
}
