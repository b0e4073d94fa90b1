namespace Plenaria.Experiences;

/// <summary>A question that is answered with terms of one vocabulary.</summary>
/// <param name="Most">How many terms at most.</param>
internal sealed record Trait(string Scheme, int Most);

/// <summary>
/// What is asked of every practice, part by part, in the order of the form. Which terms there are is data of the
/// thesaurus.
/// </summary>
internal static class DescriptorSchemes
{
    public static readonly IReadOnlyList<(string Part, IReadOnlyList<Trait> Traits)> Parts =
    [
        ("subject", [new("practices", 3), new("issues", 3), new("topics", 3), new("tags", 5)]),
        ("place", [new("scope", 1)]),
        ("purpose", [new("purposes", 3), new("approaches", 3), new("spectrum", 1), new("stage", 3), new("ends", 3)]),
        (
            "participants",
            [
                new("openness", 1),
                new("recruitment", 1),
                new("selection", 1),
                new("composition", 1),
                new("participants", 3),
            ]
        ),
        (
            "process",
            [
                new("method-types", 3),
                new("tools", 3),
                new("means", 3),
                new("presence", 1),
                new("interactions", 3),
                new("learning", 3),
                new("decisions", 3),
                new("voting", 3),
                new("formalization", 1),
                new("frequency", 1),
                new("decisiveness", 1),
            ]
        ),
        ("organizers", [new("organizers", 5), new("government", 1)]),
        ("results", [new("outcomes", 5), new("changes", 5), new("implementers", 3)]),
    ];

    public static readonly IReadOnlyList<Trait> All = [.. Parts.SelectMany(p => p.Traits)];
}
