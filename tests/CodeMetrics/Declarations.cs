using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Plenaria.CodeMetrics;

/// <summary>What the declarations in the files say: lengths of methods, numbers of parameters, partial types.</summary>
internal static class Declarations
{
    /// <summary>
    /// Lines from the signature to the last brace of whatever has code; attributes and comments above are not
    /// counted.
    /// </summary>
    public static Distribution MethodLengths(IEnumerable<CodeFile> files) =>
        new(
            "methods",
            from file in files
            from node in file.Nodes
            where HasCode(node)
            select new Measured(LinesOf(node), $"{NameOf(node)} ({file.At(node)})")
        );

    /// <summary>
    /// Constructors that are written out and primary ones, without the records, whose parameters are their data.
    /// </summary>
    public static Distribution ConstructorParameters(IEnumerable<CodeFile> files) =>
        new(
            "constructor parameters",
            from file in files
            from node in file.Nodes
            let parameters = node switch
            {
                ConstructorDeclarationSyntax constructor => constructor.ParameterList,
                TypeDeclarationSyntax and not RecordDeclarationSyntax => ((TypeDeclarationSyntax)node).ParameterList,
                _ => null,
            }
            where parameters is not null
            select new Measured(parameters.Parameters.Count, $"{TypeOf(node)} ({file.At(node)})")
        );

    public static Distribution RecordParameters(IEnumerable<CodeFile> files) =>
        new(
            "record parameters",
            from file in files
            from record in file.Nodes.OfType<RecordDeclarationSyntax>()
            where record.ParameterList is not null
            select new Measured(record.ParameterList!.Parameters.Count, $"{TypeOf(record)} ({file.At(record)})")
        );

    public static IEnumerable<Figure> Counted(IReadOnlyCollection<CodeFile> files) =>
        [Partials(files), SplitTypes(files), ServiceProviders(files)];

    private static Figure Partials(IEnumerable<CodeFile> files) =>
        new("partial declarations", [.. PartialTypes(files).Select(p => $"{p.Type} ({p.At})")]);

    /// <summary>A type cut in pieces, as against one that is partial because a generator completes it.</summary>
    private static Figure SplitTypes(IEnumerable<CodeFile> files) =>
        new(
            "types in several pieces",
            [
                .. PartialTypes(files)
                    .GroupBy(p => p.Type)
                    .Where(pieces => pieces.Count() > 1)
                    .Select(pieces => $"{pieces.Key} ({string.Join(", ", pieces.Select(p => p.At))})"),
            ]
        );

    /// <summary>Parameters whose type is written; those of a lambda are mostly not.</summary>
    private static Figure ServiceProviders(IEnumerable<CodeFile> files) =>
        new(
            "IServiceProvider parameters",
            [
                .. from file in files
                from parameter in file.Nodes.OfType<ParameterSyntax>()
                where parameter.Type?.ToString().TrimEnd('?').Split('.')[^1] == "IServiceProvider"
                let member = parameter.FirstAncestorOrSelf<MemberDeclarationSyntax>()
                select $"{(member is null ? parameter.ToString() : NameOf(member))} ({file.At(parameter)})",
            ]
        );

    private static IEnumerable<(string Type, string At)> PartialTypes(IEnumerable<CodeFile> files) =>
        from file in files
        from type in file.Nodes.OfType<TypeDeclarationSyntax>()
        where type.Modifiers.Any(SyntaxKind.PartialKeyword)
        select ($"{NamespaceOf(type)}.{TypeOf(type)}", file.At(type));

    private static bool HasCode(SyntaxNode node) =>
        node switch
        {
            BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
            AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
            PropertyDeclarationSyntax property => property.ExpressionBody is not null,
            IndexerDeclarationSyntax indexer => indexer.ExpressionBody is not null,
            LocalFunctionStatementSyntax => true,
            _ => false,
        };

    private static int LinesOf(SyntaxNode node)
    {
        var attributes = node.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault();
        var start = attributes?.GetLastToken().GetNextToken() ?? node.GetFirstToken();
        return node.GetLocation().GetLineSpan().EndLinePosition.Line
            - start.GetLocation().GetLineSpan().StartLinePosition.Line
            + 1;
    }

    private static string NameOf(SyntaxNode node) =>
        node switch
        {
            MethodDeclarationSyntax method => $"{TypeOf(node)}.{method.Identifier.Text}",
            ConstructorDeclarationSyntax => $"{TypeOf(node)} constructor",
            PropertyDeclarationSyntax property => $"{TypeOf(node)}.{property.Identifier.Text}",
            AccessorDeclarationSyntax { Parent.Parent: { } property } => NameOf(property),
            LocalFunctionStatementSyntax local => $"{TypeOf(node)}, {local.Identifier.Text}",
            _ => TypeOf(node),
        };

    /// <summary>Nested types after those that hold them.</summary>
    public static string TypeOf(SyntaxNode node) =>
        string.Join(
            '.',
            node.AncestorsAndSelf().OfType<BaseTypeDeclarationSyntax>().Select(type => type.Identifier.Text).Reverse()
        );

    public static string NamespaceOf(SyntaxNode node) =>
        string.Join(
            '.',
            node.AncestorsAndSelf().OfType<BaseNamespaceDeclarationSyntax>().Select(n => n.Name.ToString()).Reverse()
        );
}
