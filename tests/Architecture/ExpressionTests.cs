using System.Reflection;
using System.Text.RegularExpressions;

namespace Plenaria.Tests.Architecture;

/// <summary>
/// Regular expressions meet whatever people send: each is tried on long texts that make a backtracking one search again
/// and again. A linear expression takes milliseconds here, a quadratic one minutes.
/// </summary>
public class ExpressionTests
{
    private const int Length = 160_000;

    private static readonly string[] Units =
    [
        "\n",
        " ",
        "\r\n",
        "a",
        "1",
        "#",
        "*",
        "[",
        "]",
        "(",
        "<",
        ">",
        "<!---->",
        "-",
        ">\n",
        " \n",
        "a ",
        "a\n",
        "\"",
        "_",
        "|",
        "**",
        "a.",
        "1.",
        "##",
        "1°",
        "a@",
        "a-",
        "--\n",
        ": ",
        "\u00a0",
        "=",
        "On 1\n",
        "[a](",
        "p. ",
    ];

    public static TheoryData<string> Expressions
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (var method in All())
                data.Add($"{method.DeclaringType!.FullName}.{method.Name}");
            return data;
        }
    }

    private static IEnumerable<MethodInfo> All() =>
        typeof(Plenaria.Web.PlenariaHost)
            .Assembly.GetReferencedAssemblies()
            .Where(a => a.Name!.StartsWith("Plenaria.", StringComparison.Ordinal))
            .Select(Assembly.Load)
            .Append(typeof(Plenaria.Web.PlenariaHost).Assembly)
            .SelectMany(a => a.GetTypes())
            .SelectMany(t =>
                t.GetMethods(
                    BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly
                )
            )
            .Where(m =>
                m.ReturnType == typeof(Regex)
                && m.GetParameters().Length == 0
                && !m.ContainsGenericParameters
                && m.GetCustomAttribute<GeneratedRegexAttribute>() is not null
            );

    [Fact]
    public void There_are_expressions_to_try() => Assert.InRange(All().Count(), 30, 200);

    [Theory, MemberData(nameof(Expressions))]
    public async Task An_expression_reads_a_long_text_in_time(string name)
    {
        var method = All().Single(m => $"{m.DeclaringType!.FullName}.{m.Name}" == name);
        var expression = (Regex)method.Invoke(null, null)!;
        foreach (var unit in Units)
        {
            var text = string.Concat(Enumerable.Repeat(unit, Length / unit.Length)) + "x";
            var tried = Task.Run(() =>
                expression.Count(text) + expression.Count(text[..^1]) + expression.Count("x" + text)
            );
            await tried.WaitAsync(TimeSpan.FromSeconds(10));
        }
    }
}
