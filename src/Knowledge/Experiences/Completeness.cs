namespace Plenaria.Experiences;

/// <summary>How much of what a reader would want is told: a scale of five steps, and what is missing.</summary>
internal sealed record Completeness(int Done, IReadOnlyList<string> Missing)
{
    private static readonly (string Part, Func<Experience, bool> Is)[] Wanted =
    [
        ("summary", e => !e.Summary.IsEmpty),
        ("problem", e => Tells(e, NarrativeHeading.Problem)),
        ("methods", e => Tells(e, NarrativeHeading.Methods) || Tells(e, NarrativeHeading.Deliberation)),
        ("influence", e => Tells(e, NarrativeHeading.Influence)),
        ("lessons", e => Tells(e, NarrativeHeading.Lessons)),
        ("place", e => e.Country is not null && e.City is not null),
        ("dates", e => e.Start is not null && (e.End is not null || e.IsOngoing == true)),
        (
            "subject",
            e => e.FirstOf("issues") is not null && (e.FirstOf("practices") ?? e.FirstOf("method-types")) is not null
        ),
        (
            "participants",
            e =>
                e.Participants is not null
                && (e.FirstOf("openness") ?? e.FirstOf("recruitment") ?? e.FirstOf("participants")) is not null
        ),
        ("decision", e => (e.FirstOf("decisions") ?? e.FirstOf("decisiveness")) is not null),
        ("results", e => (e.FirstOf("changes") ?? e.FirstOf("outcomes")) is not null),
        ("media", e => e.Media.Count > 0),
        ("references", e => Tells(e, NarrativeHeading.References) || Tells(e, NarrativeHeading.Links)),
        ("contact", e => e.ContactName is not null || e.Origin is not null),
    ];

    public static int Most => Wanted.Length;

    /// <summary>1 (begun) to 5 (all told).</summary>
    public int Step => Math.Clamp(1 + Done * 4 / Wanted.Length, 1, 5);

    public static Completeness From(Experience experience)
    {
        var missing = Wanted.Where(w => !w.Is(experience)).Select(w => w.Part).ToList();
        return new(Wanted.Length - missing.Count, missing);
    }

    private static bool Tells(Experience experience, NarrativeHeading heading) =>
        experience.Narrative.TryGetValue(heading, out var text) && text.Wordings.Any(w => w.Value.Text.Length >= 80);
}
