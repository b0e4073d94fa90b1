using Plenaria.Platform.Language;

namespace Plenaria.Members.Outreach;

/// <summary>How a call ended: each comes with what follows from it.</summary>
internal enum CallOutcome
{
    CallAgain,
    SendPapers,
    MeetingAgreed,
    TryTomorrow,
}

internal static class CallOutcomes
{
    /// <summary>What happens next, and the stage the conversation has reached at least.</summary>
    public static (NextStep Next, OutreachStage Stage) Follow(
        this CallOutcome outcome,
        OutreachStage now,
        DateOnly today,
        PageLocalizer t
    )
    {
        var (days, reached) = outcome switch
        {
            CallOutcome.CallAgain => (7, OutreachStage.Replied),
            CallOutcome.SendPapers => (1, OutreachStage.Replied),
            CallOutcome.MeetingAgreed => (7, OutreachStage.Meeting),
            _ => (1, OutreachStage.Contacted),
        };
        // A call takes nobody back, but whoever was given up is followed again.
        return (
            new(t.Name("members.outreach.call.next", outcome), today.AddDays(days)),
            now == OutreachStage.Dropped || now < reached ? reached : now
        );
    }

    /// <summary>What stands in the timeline: the outcome, and what the caller adds.</summary>
    public static string Say(this CallOutcome outcome, string? note, PageLocalizer t) =>
        string.IsNullOrWhiteSpace(note)
            ? t.Name("members.outreach.call", outcome)
            : $"{t.Name("members.outreach.call", outcome)}. {note.Trim()}";
}
