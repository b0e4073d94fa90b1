using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Plenaria.CodeMetrics;

/// <summary>
/// Folders of one project that use each other both ways. A folder uses another when a file of it imports the other's
/// namespace (an import that nothing needs does not build), or names one of its types: in full, or because the other is
/// around it. A module class uses everything by its purpose and does not count.
/// </summary>
internal static class FolderCircles
{
    public static IEnumerable<Figure> Of(IReadOnlyCollection<CodeFile> files)
    {
        var pairs = new List<string>();
        var circles = new List<string>();
        foreach (var project in Projects(files))
        {
            var uses = Uses(project.Files);
            pairs.AddRange(
                from use in uses.Keys
                where string.CompareOrdinal(use.From, use.To) < 0 && uses.ContainsKey((use.To, use.From))
                orderby use
                let back = uses[(use.To, use.From)]
                select $"{project.Name}: {Short(use.From)} ({uses[use]}) and {Short(use.To)} ({back})"
            );
            circles.AddRange(
                from circle in Circles(uses.Keys)
                from space in circle
                select $"{project.Name}: {Short(space)} (in a circle of {circle.Count})"
            );

            string Short(string space) => space == project.Name ? "(root)" : space[(project.Name.Length + 1)..];
        }
        yield return new Figure("pairs of folders that use each other", pairs);
        yield return new Figure("folders in circles", circles);
    }

    /// <summary>A namespace is a folder here, and its first two words are the project.</summary>
    private static IEnumerable<(string Name, List<CodeFile> Files)> Projects(IEnumerable<CodeFile> files) =>
        from file in files
        let space = SpaceOf(file)
        where space.Length > 0
        group file by string.Join('.', space.Split('.').Take(2)) into project
        orderby project.Key
        select (project.Key, project.ToList());

    private static string SpaceOf(CodeFile file) =>
        file.Nodes.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";

    /// <summary>Each use of a folder by another, and the first place where it shows.</summary>
    private static Dictionary<(string From, string To), string> Uses(List<CodeFile> files)
    {
        var spaces = files.Select(SpaceOf).ToHashSet();
        var declared = (
            from file in files
            from type in file.Nodes.OfType<MemberDeclarationSyntax>()
            where type.Parent is BaseNamespaceDeclarationSyntax
            let name = (type as BaseTypeDeclarationSyntax)?.Identifier.Text
                ?? (type as DelegateDeclarationSyntax)?.Identifier.Text
            where name is not null
            select (Name: name, Space: SpaceOf(file))
        ).ToLookup(type => type.Name, type => type.Space);
        var uses = new Dictionary<(string From, string To), string>();
        foreach (var file in files.Where(f => !IsModuleClass(f)))
        {
            var from = SpaceOf(file);
            foreach (var import in file.Nodes.OfType<UsingDirectiveSyntax>())
            {
                var named = import.NamespaceOrType.ToString();
                if (spaces.Contains(named))
                    uses.TryAdd((from, named), file.At(import));
                // An alias or a static import names a type.
                else if (
                    named.LastIndexOf('.') is > 0 and var dot
                    && declared[named[(dot + 1)..]].Contains(named[..dot])
                )
                    uses.TryAdd((from, named[..dot]), file.At(import));
            }
            var members = MembersOf(file.Nodes).ToHashSet();
            foreach (var name in file.Nodes.OfType<SimpleNameSyntax>())
                if (declared.Contains(name.Identifier.Text) && MeansType(name, members))
                    if (Find(name, from, declared[name.Identifier.Text]) is { } to && to != from)
                        uses.TryAdd((from, to), file.At(name));
        }
        return uses;
    }

    private static bool IsModuleClass(CodeFile file) =>
        file.Path.EndsWith("Module.cs", StringComparison.Ordinal)
        && !file.Path.EndsWith("/Module.cs", StringComparison.Ordinal);

    private static IEnumerable<string> MembersOf(IEnumerable<SyntaxNode> nodes) =>
        nodes
            .Select(node =>
                node switch
                {
                    PropertyDeclarationSyntax property => property.Identifier.Text,
                    VariableDeclaratorSyntax variable => variable.Identifier.Text,
                    ParameterSyntax parameter => parameter.Identifier.Text,
                    MethodDeclarationSyntax method => method.Identifier.Text,
                    EnumMemberDeclarationSyntax member => member.Identifier.Text,
                    _ => null,
                }
            )
            .OfType<string>();

    /// <summary>
    /// A name stands for a type where only a type may stand, or in front of a dot if no member of the file is called
    /// so.
    /// </summary>
    private static bool MeansType(SimpleNameSyntax name, HashSet<string> members)
    {
        if (SyntaxFacts.IsInTypeOnlyContext(Outermost(name)))
            return true;
        if (members.Contains(name.Identifier.Text))
            return false;
        return name.Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression == name
                || access.Parent is MemberAccessExpressionSyntax,
            ConstantPatternSyntax => true,
            _ => false,
        };
    }

    private static ExpressionSyntax Outermost(SimpleNameSyntax name)
    {
        ExpressionSyntax outermost = name;
        while (outermost.Parent is QualifiedNameSyntax qualified)
            outermost = qualified;
        return outermost;
    }

    /// <summary>The namespace of the type: the one written in front, or the nearest one around.</summary>
    private static string? Find(SimpleNameSyntax name, string from, IEnumerable<string> candidates)
    {
        var qualifier = name.Parent switch
        {
            QualifiedNameSyntax qualified when qualified.Right == name => qualified.Left.ToString(),
            MemberAccessExpressionSyntax access when access.Name == name => access.Expression.ToString(),
            _ => null,
        };
        return qualifier is null
            ? candidates
                .Where(space => from == space || from.StartsWith(space + ".", StringComparison.Ordinal))
                .MaxBy(space => space.Length)
            : candidates.FirstOrDefault(space =>
                space == qualifier || space.EndsWith("." + qualifier, StringComparison.Ordinal)
            );
    }

    /// <summary>Sets of more than one folder in which each leads to each (strongly connected components).</summary>
    private static IEnumerable<List<string>> Circles(IEnumerable<(string From, string To)> uses)
    {
        var next = uses.ToLookup(use => use.From, use => use.To);
        var reach = next.ToDictionary(from => from.Key, from => Reach(from.Key));
        var left = reach.Keys.Order(StringComparer.Ordinal).ToList();
        while (left.Count > 0)
        {
            var circle = left.Where(other =>
                    other == left[0] || (reach[left[0]].Contains(other) && reach[other].Contains(left[0]))
                )
                .ToList();
            if (circle.Count > 1)
                yield return circle;
            left.RemoveAll(circle.Contains);
        }

        HashSet<string> Reach(string start)
        {
            var reached = new HashSet<string>();
            var open = new Stack<string>([start]);
            while (open.TryPop(out var at))
                foreach (var to in next[at].Where(reached.Add))
                    open.Push(to);
            return reached;
        }
    }
}
