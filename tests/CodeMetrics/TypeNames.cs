using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Plenaria.CodeMetrics;

/// <summary>
/// Names of types that others may use: those too like each other, and those that nobody needs to see.
/// </summary>
internal static class TypeNames
{
    /// <summary>
    /// Endings that tell nothing apart: a reader of <c>Seat</c> and <c>SeatInfo</c> must look up which is which.
    /// </summary>
    private static readonly string[] Endings = ["Info", "Data", "Item", "Line", "Record", "Row"];

    public static IEnumerable<Figure> Of(IReadOnlyCollection<CodeFile> files) =>
        [Alike(files), Same(files), WithOneUser(files)];

    /// <summary>Names that differ by a plural, by an ending that says nothing, or by letter case.</summary>
    private static Figure Alike(IEnumerable<CodeFile> files) =>
        new(
            "type names alike",
            [
                .. Visible(files)
                    .GroupBy(type => Stem(type.Name))
                    .Select(types => types.Select(t => t.Name).Distinct().Order(StringComparer.Ordinal).ToList())
                    .Where(names => names.Count > 1)
                    .OrderBy(names => names[0], StringComparer.Ordinal)
                    .SelectMany(names => names.Skip(1).Select(name => $"{names[0]} and {name}")),
            ]
        );

    /// <summary>
    /// One name for types of several namespaces. Page models are named after their page and told apart by its folder.
    /// </summary>
    private static Figure Same(IEnumerable<CodeFile> files) =>
        new(
            "type names given twice",
            [
                .. Visible(files)
                    .Where(type => !type.IsNested && !type.IsPageModel)
                    .GroupBy(type => type.Name, type => type.FullName)
                    .Select(types => (Name: types.Key, Full: types.Distinct().ToList()))
                    .Where(types => types.Full.Count > 1)
                    .OrderBy(types => types.Name, StringComparer.Ordinal)
                    .SelectMany(types => types.Full.Skip(1).Select(full => $"{types.Full[0]} and {full}")),
            ]
        );

    /// <summary>
    /// Public types that at most one other file of the program names: they could be internal, or part of that file.
    /// </summary>
    private static Figure WithOneUser(IReadOnlyCollection<CodeFile> files)
    {
        var users = files
            .SelectMany(file => Words(file).Distinct().Select(word => (word, file.Path)))
            .ToLookup(use => use.word, use => use.Path);
        return new Figure(
            "public types with one user",
            [
                .. from file in files
                from type in file.Nodes.OfType<BaseTypeDeclarationSyntax>()
                where type.Parent is BaseNamespaceDeclarationSyntax && type.Modifiers.Any(SyntaxKind.PublicKeyword)
                let name = type.Identifier.Text
                // A module is named by Web alone.
                where !name.EndsWith("Module", StringComparison.Ordinal)
                // A tag helper is named by the element that it writes.
                where !name.EndsWith("TagHelper", StringComparison.Ordinal)
                // Extension methods are called without the name of their class.
                where
                    !type.DescendantNodes()
                        .OfType<ParameterSyntax>()
                        .Any(p =>
                            p.Modifiers.Any(SyntaxKind.ThisKeyword) && type.Modifiers.Any(SyntaxKind.StaticKeyword)
                        )
                // An attribute is named without its ending.
                where
                    users[name].Concat(users[WithoutEnding(name, "Attribute")]).Distinct().Count(p => p != file.Path)
                    <= 1
                select $"{name} ({file.Path})",
            ]
        );
    }

    private static IEnumerable<(string Name, string FullName, bool IsNested, bool IsPageModel)> Visible(
        IEnumerable<CodeFile> files
    ) =>
        from file in files
        from type in file.Nodes.OfType<BaseTypeDeclarationSyntax>()
        where IsVisible(type)
        select (
            type.Identifier.Text,
            $"{Declarations.NamespaceOf(type)}.{Declarations.TypeOf(type)}",
            type.Parent is TypeDeclarationSyntax,
            file.IsPageModel
        );

    private static bool IsVisible(BaseTypeDeclarationSyntax type) =>
        type.AncestorsAndSelf()
            .OfType<BaseTypeDeclarationSyntax>()
            .All(t =>
                t.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax
                || t.Modifiers.Any(SyntaxKind.PublicKeyword)
                || t.Modifiers.Any(SyntaxKind.InternalKeyword)
            );

    private static string Stem(string name)
    {
        foreach (var ending in Endings)
            name = WithoutEnding(name, ending);
        name = name.ToLowerInvariant();
        return name switch
        {
            [.., 'i', 'e', 's'] => name[..^3] + "y",
            [.., 's' or 'x' or 'h', 'e', 's'] => name[..^2],
            [.., 's', 's'] => name,
            [_, _, .., 's'] => name[..^1],
            _ => name,
        };
    }

    private static string WithoutEnding(string name, string ending) =>
        name.Length > ending.Length && name.EndsWith(ending, StringComparison.Ordinal) ? name[..^ending.Length] : name;

    private static IEnumerable<string> Words(CodeFile file)
    {
        if (file.Root is not null)
            return file.Tokens.Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.Text);
        return file.Lines.SelectMany(line =>
            string.Concat(line.Select(c => char.IsLetterOrDigit(c) || c == '_' ? c : ' '))
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
    }
}
