using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Plenaria.CodeMetrics;

/// <summary>A source file written by hand: its lines and, of C#, its syntax.</summary>
internal sealed class CodeFile
{
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest, DocumentationMode.None);

    public CodeFile(string path, string text)
    {
        Path = path;
        Lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        if (path.EndsWith(".cs", StringComparison.Ordinal))
        {
            Root = CSharpSyntaxTree.ParseText(text, Options, path).GetRoot();
            Nodes = [.. Root.DescendantNodes()];
            Tokens = [.. Root.DescendantTokens()];
        }
    }

    /// <summary>From the root of the repository, with forward slashes.</summary>
    public string Path { get; }

    public string[] Lines { get; }

    /// <summary>Null for a Razor file.</summary>
    public SyntaxNode? Root { get; }

    public IReadOnlyList<SyntaxNode> Nodes { get; } = [];

    public IReadOnlyList<SyntaxToken> Tokens { get; } = [];

    public bool IsPageModel => Path.EndsWith(".cshtml.cs", StringComparison.Ordinal);

    public string At(SyntaxNode node) => At(node.GetLocation().GetLineSpan().StartLinePosition.Line);

    public string At(int line) => $"{Path}:{line + 1}";

    /// <summary>All C# and Razor files below a folder of the repository, without what tools generate.</summary>
    public static List<CodeFile> ReadAll(string repository, string folder) =>
        [
            .. Directory
                .EnumerateFiles(System.IO.Path.Combine(repository, folder), "*.cs*", SearchOption.AllDirectories)
                .Select(file => System.IO.Path.GetRelativePath(repository, file).Replace('\\', '/'))
                .Where(IsWrittenByHand)
                .Order(StringComparer.Ordinal)
                .AsParallel()
                .AsOrdered()
                .Select(path => new CodeFile(path, File.ReadAllText(System.IO.Path.Combine(repository, path)))),
        ];

    private static bool IsWrittenByHand(string path) =>
        (path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".cshtml", StringComparison.Ordinal))
        && !path.Contains("/obj/", StringComparison.Ordinal)
        && !path.Contains("/bin/", StringComparison.Ordinal)
        && !path.StartsWith("src/Migrations/", StringComparison.Ordinal);
}
