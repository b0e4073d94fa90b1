namespace Plenaria.Platform.Data;

/// <summary>Where the house keeps what is not in its database.</summary>
public sealed record DataFolder(DirectoryInfo Root)
{
    /// <summary>The part of it that somebody has for themselves; it may not be there yet.</summary>
    public DirectoryInfo Of(string part) => new(Path.Combine(Root.FullName, part));
}
