using System.Text.Json;
using Plenaria.Platform.Journal;

namespace Plenaria.Sessions;

/// <summary>Changes the points of an agenda, and brings one back that was removed.</summary>
internal static class AgendaEditor
{
    public const string Changed = "sessions.agenda-changed";

    public static void Add(
        List<AgendaItem> agenda,
        LocalizedText title,
        Guid? under,
        int? minutes,
        bool isInternal,
        DateTimeOffset at
    )
    {
        if (title.IsEmpty)
            throw new RuleViolationException("sessions.title-missing");
        if (agenda.Count >= Session.MostItems)
            throw new RuleViolationException("sessions.too-many-points", ("most", Session.MostItems));
        DemandParent(agenda, under);
        var kind = isInternal ? ItemKind.Internal : ItemKind.Common;
        agenda.Add(new(Guid.CreateVersion7(at), title, under, kind, Math.Clamp(minutes ?? 0, 0, 1440)));
    }

    /// <summary>Lets a point change places with the one before or after it under the same heading.</summary>
    public static void Move(List<AgendaItem> agenda, Guid item, int by)
    {
        if (agenda.Find(i => i.Id == item) is not { } moved)
            return;
        var beside = agenda.Where(i => i.Under == moved.Under).ToList();
        if (beside.ElementAtOrDefault(beside.IndexOf(moved) + by) is not { } other)
            return;
        var (a, b) = (agenda.IndexOf(moved), agenda.IndexOf(other));
        (agenda[a], agenda[b]) = (agenda[b], agenda[a]);
    }

    /// <returns>What the journal keeps of the point, for <see cref="Restore"/>; null when there is no such
    /// point.</returns>
    public static object? Remove(List<AgendaItem> agenda, Guid item)
    {
        if (agenda.Exists(i => i.Under == item))
            throw new RuleViolationException("sessions.item-has-points");
        var at = agenda.FindIndex(i => i.Id == item);
        if (at < 0)
            return null;
        var removed = agenda[at];
        agenda.RemoveAt(at);
        return new
        {
            at,
            id = removed.Id,
            title = JournaledText.Write(removed.Title),
            under = removed.Under,
            kind = removed.Kind.ToString(),
            minutes = removed.Minutes,
        };
    }

    /// <summary>Puts a removed point back where it stood, under its own number for what refers to it.</summary>
    public static void Restore(List<AgendaItem> agenda, JsonElement removed)
    {
        Guid? under = removed.GetProperty("under") is { ValueKind: JsonValueKind.String } parent
            ? parent.GetGuid()
            : null;
        DemandParent(agenda, under);
        agenda.Insert(
            Math.Min(removed.GetProperty("at").GetInt32(), agenda.Count),
            new(
                removed.GetProperty("id").GetGuid(),
                JournaledText.Read(removed.GetProperty("title")),
                under,
                Enum.Parse<ItemKind>(removed.GetProperty("kind").GetString()!),
                removed.GetProperty("minutes").GetInt32()
            )
        );
    }

    private static void DemandParent(List<AgendaItem> agenda, Guid? under)
    {
        if (under is { } parent && !agenda.Exists(i => i.Id == parent))
            throw new RuleViolationException("platform.changed-meanwhile");
    }
}
