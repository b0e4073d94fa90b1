namespace Plenaria.Requests;

/// <summary>A page on which a request is written.</summary>
internal interface IRequestForm
{
    RequestFields Input { get; }

    /// <summary>The forms that can be asked, by key.</summary>
    IReadOnlyDictionary<string, LocalizedText> Forms { get; }
}
