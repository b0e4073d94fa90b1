namespace Plenaria.Platform.Data;

/// <summary>Where the house keeps what is not in its database.</summary>
public sealed record DataFolder(DirectoryInfo Root)
{
    /// <summary>The part of it that somebody has for themselves; it may not be there yet.</summary>
    public DirectoryInfo Of(string part) => new(Path.Combine(Root.FullName, part));

    /// <summary>
    /// From now on whatever this process writes (database, log of writes, uploads, archives) is readable by its owner
    /// only, and so is what is there already. The folder is made where there is none.
    /// </summary>
    public static void MakePrivate(DirectoryInfo root)
    {
        if (OperatingSystem.IsWindows())
        {
            root.Create();
            return;
        }
        _ = SetFileModeMask(Convert.ToUInt32("077", 8));
        root.Create();
        foreach (var folder in root.EnumerateDirectories().Where(d => Parts.Contains(d.Name)))
            folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        foreach (var file in root.EnumerateFiles("*.db*"))
            file.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    }

    private static readonly string[] Parts = ["keys", "files", "pictures", "ballot-keys", "search", "archive"];

    // umask(2): .NET has no call of its own.
    [System.Runtime.InteropServices.DllImport("libc", EntryPoint = "umask")]
    [System.Runtime.InteropServices.DefaultDllImportSearchPaths(
        System.Runtime.InteropServices.DllImportSearchPath.SafeDirectories
    )]
    private static extern uint SetFileModeMask(uint mask);
}
