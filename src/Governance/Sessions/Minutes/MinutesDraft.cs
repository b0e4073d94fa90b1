using System.Text;
using Plenaria.Ballots.Rules;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Sessions.Live;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions.Minutes;

/// <summary>
/// The minutes of a session as its events tell them, in the language it was held in: who was there and when, each point
/// with who spoke, what was put to the vote in which words, what was counted and what that decided. Markdown.
/// </summary>
/// <param name="prepared">The session that this one prepared: what was moved there meanwhile is named.</param>
internal sealed class MinutesDraft(Session session, Session? prepared, Localizer texts)
{
    private readonly StringBuilder _text = new();
    private readonly Language _language = session.Language;
    private readonly SessionLog _log = session.Log;

    public string Write()
    {
        Line($"# {Say("sessions.minutes.of", ("session", session.Title.For(_language)))}");
        Line(Convening.When(session, _language) + (session.Place is { } place ? $" · {place}" : ""));
        Attendance();
        Line($"## {Say("sessions.quorum")}");
        List(_log.Calls.Select(SayCall));
        About(null);
        foreach (var (item, number, depth) in session.Points())
        {
            Line($"{(depth == 0 ? "##" : "###")} {number} {item.Title.For(_language)}");
            About(item.Id);
        }
        Collected();
        if (_log.EndedAt is { } end)
            Line(Say("sessions.minutes.ended", ("time", Clock(end))));
        return _text.ToString().Trim();
    }

    private string SayCall(QuorumCall call)
    {
        var counted = Say(
            "sessions.call",
            ("call", call.Call),
            ("time", Clock(call.At)),
            ("present", call.Present),
            ("represented", call.Represented),
            ("entitled", call.Entitled)
        );
        return $"{counted} {Say(call.HasQuorum ? "sessions.quorum.met" : "sessions.quorum.missed")}.";
    }

    private void Collected()
    {
        if (prepared is null)
            return;
        Line($"## {Say("sessions.minutes.collected", ("session", prepared.Title.For(_language)))}");
        List(
            prepared.Motions.SelectMany(m =>
                m.Amendments.Where(a => a.MovedAt >= _log.OpenedAt && a.MovedAt <= _log.EndedAt)
                    .Select(a => SayCollected(m, a, prepared))
            )
        );
    }

    private string SayCollected(Motion motion, Amendment amendment, Session prepared)
    {
        var title = Say(
            "sessions.amendment.question",
            ("number", amendment.Number),
            ("motion", motion.Title.For(_language))
        );
        var mover = amendment.By is { } by
            ? prepared.Seats.Find(s => s.Member == by)?.Name.For(_language)
            : Say("sessions.motion.by.secretariat");
        return $"{title} ({mover}): {TextOf(amendment).ReplaceLineEndings(" ")}";
    }

    private string TextOf(Amendment amendment) =>
        amendment.Kind == ChangeKind.Delete
            ? Say("sessions.amendment.deletes", ("paragraph", amendment.Paragraph))
            : amendment.Text.For(_language);

    private void Attendance()
    {
        Line($"## {Say("sessions.attendance")}");
        var attendance = new Attendance(session);
        Line(
            Say(
                "sessions.attendance.total",
                ("there", attendance.There),
                ("represented", attendance.Represented),
                ("invited", attendance.Invited)
            )
        );
        List(
            attendance
                .Rows(_language)
                .Where(r => r.Times.Count > 0)
                .Select(r =>
                {
                    var times = string.Join(", ", r.Times.Select(t => Span(t.From, t.Until)));
                    return $"{r.Name}: {times}{(r.IsObserver ? $" ({Say("sessions.observer")})" : "")}";
                })
        );
        List(
            attendance
                .Rows(_language)
                .Where(r => r.Holder is not null)
                .Select(r => $"{r.Name}: {Say("sessions.held-by", ("name", r.Holder))}")
        );
    }

    private void About(Guid? item)
    {
        var speeches = _log.Speeches.Where(s => s.Item == item && s.From is not null).OrderBy(s => s.From).ToList();
        var order = $" ({Say("sessions.ask.order")})";
        var speakers = speeches.Select(s => NameOf(s.Member) + (s.Kind == SpeechKind.PointOfOrder ? order : ""));
        if (speeches.Count > 0)
            Line($"{Say("sessions.minutes.spoke")} {string.Join(", ", speakers)}.");
        foreach (var vote in _log.Votes.Where(v => v.Item == item && !v.IsOpen))
            Of(vote);
    }

    private void Of(Vote vote)
    {
        var motion = session.Motions.Find(m => m.Id == vote.Motion);
        var amendment = motion?.Amendments.Find(a => a.Id == vote.Amendment);
        Line($"### {vote.Number}. {new ShownVote(session, vote).Question(_language).Text}");
        if (amendment is not null)
            Quote(TextOf(amendment));
        else if (motion is { Text.IsEmpty: false })
            Quote(motion.Consolidated().For(_language));
        var outcome = Say($"ballots.outcome.{PageLocalizer.Kebab(vote.Outcome.ToString()!)}");
        var method = Say($"sessions.method.{PageLocalizer.Kebab(vote.Method.ToString())}");
        var isAdopted = amendment is null && vote.Outcome == Outcome.Adopted;
        var adopted = isAdopted && motion is { Resolution: { } resolution } ? $" · {resolution}" : "";
        Line($"**{outcome}** · {method}{adopted}");
        if (vote.Figures is { } figures)
            Line(string.Join(' ', session.Rules.Decide(figures).Say(texts, _language, k => Say($"members.kind.{k}"))));
    }

    private string Span(DateTimeOffset from, DateTimeOffset? until) =>
        until is { } end ? $"{Clock(from)}–{Clock(end)}" : Clock(from);

    // Of a session that goes past midnight, the day too.
    private string Clock(DateTimeOffset at)
    {
        var local = PlaceTime.In(session.Zone, at);
        var clock = local.ToString("t", _language.Culture);
        return DateOnly.FromDateTime(local.DateTime) is var day && day != session.Day
            ? $"{PartialDate.On(day).For(_language)}, {clock}"
            : clock;
    }

    private string NameOf(Guid member) => session.Seats.Find(s => s.Member.Value == member)?.Name.For(_language) ?? "";

    private string Say(string key, params IEnumerable<(string, object?)> values) => texts.Get(_language, key, values);

    private void Line(string words) => _text.Append(words).Append("\n\n");

    private void Quote(string words) =>
        Line(string.Join('\n', words.Split('\n').Select(l => l.Length == 0 ? ">" : $"> {l}")));

    private void List(IEnumerable<string> items)
    {
        var lines = items.Select(i => $"- {i}").ToList();
        if (lines.Count > 0)
            Line(string.Join('\n', lines));
    }
}
