using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members;
using Plenaria.Plans;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions.Planning;

/// <summary>
/// A motion: its wording, who moved it, what was decided. Whoever moved it may change it until it is put.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class MotionModel(
    SessionStore sessions,
    MotionStore motions,
    IMembers members,
    IResolutions resolutions,
    VotingRights rights,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable, IMotionForm
{
    public Session Session { get; private set; } = null!;
    public Motion Motion { get; private set; } = null!;
    public MemberLine? By { get; private set; }
    public bool MayChange { get; private set; }
    public MotionFields Input { get; set; } = new();
    public IReadOnlyList<(string Key, string Name)> Decisions => DecisionNames.Of(Session, phrases);
    public object? Stored => Motion.Version;

    /// <summary>In which language all of it is shown: the one in which its text can be numbered.</summary>
    public RecordTexts Texts { get; private set; } = null!;

    /// <summary>The text paragraph by paragraph, with numbered lines and what was asked to change in each.</summary>
    public IReadOnlyList<Passage> Passages { get; private set; } = [];
    public bool MayAmend { get; private set; }

    /// <summary>The members whose vote the reader may cast.</summary>
    public IReadOnlySet<MemberId> VotesFor { get; private set; } = new HashSet<MemberId>();
    public IReadOnlyDictionary<MemberId, MemberLine> Movers { get; private set; } =
        new Dictionary<MemberId, MemberLine>();

    /// <summary>Actions that it orders, by name.</summary>
    public IReadOnlyDictionary<Reference, LocalizedText> Mandated { get; private set; } =
        new Dictionary<Reference, LocalizedText>();

    public bool MaySettle(Amendment amendment, AmendmentState to) =>
        amendment.State == AmendmentState.Submitted
        && Session.Log.OpenVote?.Motion != Motion.Id
        && Motion.State == MotionState.Submitted
        && visitor.IsSignedIn
        && MotionStore.May(
            Session,
            VotesFor,
            to == AmendmentState.TakenOver ? Motion.MoverOf(amendment) : amendment.By,
            visitor.Acting()
        );

    public string DecisionName(string key) => DecisionNames.Of(key, phrases);

    public async Task<IActionResult> OnGetAsync(string reference, int number, CancellationToken cancel)
    {
        if (!await Load(reference, number, cancel))
            return NotFound();
        Input = MotionFields.Of(Motion, phrases.Language);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (
            !await Load(
                (string)RouteData.Values["reference"]!,
                int.Parse((string)RouteData.Values["number"]!, CultureInfo.InvariantCulture),
                cancel
            )
        )
            throw new RuleViolationException("platform.changed-meanwhile");
        // After a refusal beside the form, it shows what is stored.
        Input.Title ??= Motion.Title.For(phrases.Language);
        Input.Decision ??= Motion.Decision;
    }

    public Task<IActionResult> OnPostChangeAsync(
        string reference,
        int number,
        [FromForm(Name = nameof(Input))] MotionFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        return Act(
            reference,
            number,
            input.Version,
            "sessions.motion-changed",
            () => input.Apply(Session, Motion, phrases.Language),
            cancel
        );
    }

    public async Task<IActionResult> OnPostWithdrawAsync(
        string reference,
        int number,
        int version,
        CancellationToken cancel
    )
    {
        var next = await Act(
            reference,
            number,
            version,
            "sessions.motion-withdrawn",
            () => Motion.State = MotionState.Withdrawn,
            cancel
        );
        if (next is RedirectResult)
            this.OfferUndoAs("sessions.undo.motion", Path, "Undo", ("version", Motion.Version));
        return next;
    }

    public async Task<IActionResult> OnPostSettleAsync(
        string reference,
        int number,
        int amendment,
        AmendmentState to,
        CancellationToken cancel
    )
    {
        if (
            !await Load(reference, number, cancel)
            || FindAmendment(amendment) is not { } found
            || to is not (AmendmentState.TakenOver or AmendmentState.Withdrawn)
        )
            return NotFound();
        await motions.Settle(Session, Motion, found, to, visitor.Acting(), cancel);
        if (to == AmendmentState.Withdrawn)
            this.OfferUndoAs(
                "sessions.undo.amendment",
                Path,
                "Undo",
                ("version", found.Version),
                ("withdrawn", found.Number)
            );
        return Redirect($"/{phrases.Language}{Path}");
    }

    /// <summary>Brings back what somebody has just withdrawn: the motion, or one of its amendments.</summary>
    public async Task<IActionResult> OnPostUndoAsync(
        string reference,
        int number,
        int version,
        int? withdrawn,
        CancellationToken cancel
    )
    {
        if (!await Load(reference, number, cancel))
            return NotFound();
        if (withdrawn is not { } amendment)
        {
            PlenariaDb.RequireVersion(Motion, version);
            await motions.ReinstateAsync(Session, Motion, visitor.Acting(), cancel);
            return Redirect($"/{phrases.Language}{Path}");
        }
        if (FindAmendment(amendment) is not { } found)
            return NotFound();
        PlenariaDb.RequireVersion(found, version);
        await motions.ReinstateAsync(Session, Motion, found, visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}{Path}");
    }

    private string Path => $"{Session.Path}/motions/{Motion.Number}";

    private Amendment? FindAmendment(int number) => Motion.Amendments.Find(a => a.Number == number);

    private async Task<IActionResult> Act(
        string reference,
        int number,
        int version,
        string act,
        Action change,
        CancellationToken cancel
    )
    {
        if (!await Load(reference, number, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Motion, version);
        await motions.Change(Session, Motion, act, visitor.Acting(), change, cancel);
        return Redirect($"/{phrases.Language}{Path}");
    }

    private async Task<bool> Load(string reference, int number, CancellationToken cancel)
    {
        if (
            await sessions.Find(reference, cancel, toEdit: true) is not { } session
            || !session.IsPublic && !visitor.MayLead(session.Body)
            || session.Motions.Find(m => m.Number == number) is not { } motion
        )
            return false;
        (Session, Motion) = (session, motion);
        Movers = await members.Lines(
            [.. motion.Amendments.Select(a => a.By).Append(motion.By).OfType<MemberId>().Distinct()],
            cancel
        );
        By = motion.By is { } by ? Movers.GetValueOrDefault(by) : null;
        Texts = phrases.ForRecord(motion.Title, motion.Text);
        Passages = Passage.Of(motion, Texts.Language);
        if (!motion.Text.IsEmpty)
            Texts = new(phrases, Passages[^1].Language);
        VotesFor = await rights.FindAsync(session, visitor.Who, cancel);
        MayAmend =
            visitor.IsSignedIn
            && motion.State == MotionState.Submitted
            && session.State is not (SessionState.Ended or SessionState.Cancelled)
            && session.Log.OpenVote is not { Amendment: null }
            && (visitor.MayLead(session.Body) || VotesFor.Count > 0);
        if (motion.Mandates.Count > 0)
            Mandated = (await resolutions.Actions(cancel))
                .Where(a => motion.Mandates.Contains(a.Action))
                .ToDictionary(a => a.Action, a => a.Title);
        MayChange =
            visitor.IsSignedIn
            && motion.State == MotionState.Submitted
            && session.Log.OpenVote?.Motion != motion.Id
            && MotionStore.May(session, VotesFor, motion.By, visitor.Acting());
        return true;
    }
}

internal static class DecisionNames
{
    /// <summary>The decisions of a session's rules, by name.</summary>
    public static IReadOnlyList<(string Key, string Name)> Of(Session session, PageLocalizer phrases) =>
        [.. session.Rules.Decisions.Keys.Select(k => (k, Of(k, phrases)))];

    /// <summary>
    /// What a decision is called: the house knows its own; those of an imported rulebook bear their key.
    /// </summary>
    public static string Of(string key, PageLocalizer phrases) =>
        key is Presets.Ordinary or Presets.Qualified ? phrases[$"sessions.decision.{key}"] : key;
}
