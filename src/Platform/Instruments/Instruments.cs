using Plenaria.Platform.Panels;

namespace Plenaria.Platform.Instruments;

/// <summary>
/// Something that can carry out a plan action: <paramref name="Key"/> names it within its kind and never changes.
/// </summary>
public sealed record Instrument(string Key, string Title);

/// <summary>
/// A number derived from records over a period. <paramref name="TextKey"/> is a counted text of the interface;
/// <paramref name="RecordsPath"/> is where exactly the records counted are listed, without the language.
/// </summary>
public sealed record Indicator(string TextKey, long Value, string RecordsPath);

/// <summary>A module's instruments. Plans knows no more of another module than this.</summary>
public interface IInstruments
{
    /// <summary>A stable word, kept with every binding.</summary>
    string Kind { get; }

    /// <summary>
    /// The key of the instrument that a page is about, where other modules show panels; null where it is about none of
    /// this kind.
    /// </summary>
    string? FindKey(Slot page) => null;

    /// <summary>What can be bound now, named in the reader's language.</summary>
    Task<IReadOnlyList<Instrument>> Offer(Kernel.Language reader, CancellationToken cancel);

    /// <summary>What an instrument yields over the period; empty when it no longer exists.</summary>
    Task<IReadOnlyList<Indicator>> Measure(string key, Period period, CancellationToken cancel);
}
