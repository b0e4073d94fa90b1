namespace Plenaria.Platform.Documents.Printing;

/// <summary>
/// An element of the structure tree: what a part of the page is, for whoever reads it with a screen reader. Its
/// contents are other elements, and pieces of pages by their number there.
/// </summary>
internal sealed class TagNode
{
    public TagNode(string type, TagNode? parent)
    {
        (Type, Parent) = (type, parent);
        parent?.Elements.Add(this);
    }

    public string Type { get; }
    public TagNode? Parent { get; }
    public List<TagNode> Elements { get; } = [];
    public List<(int Page, int Number)> Contents { get; } = [];

    /// <summary>For a list.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>What a picture shows.</summary>
    public string? Alternative { get; init; }

    /// <summary>Left, bottom, right, top on the page.</summary>
    public float[]? Bounds { get; init; }
}
