using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenaria.Ballots;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Documents.Printing;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Live;
using Plenaria.Sessions.Minutes;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions;

/// <summary>Sessions for programs: agenda, motions, and votes with their figures.</summary>
internal static class SessionRoutes
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/plenaries", All).AllowAnonymous().MayBeCached();
        app.MapGet("/api/v1/plenaries/{reference}", One).AllowAnonymous().MayBeCached();
        app.MapGet("/api/v1/plenaries/{reference}/minutes", Minutes).AllowAnonymous().MayBeCached();
        app.MapGet(
                "/plenaries/{reference}/live",
                (
                    string reference,
                    bool? votes,
                    SessionEventStream watching,
                    PlenariaDb db,
                    SessionStore sessions,
                    CancellationToken cancel
                ) => watching.Of(reference, votes == true, db, sessions, cancel)
            )
            .AllowAnonymous();
        app.MapGet("/{lang:lang}/plenaries/{reference}/minutes.pdf", Pdf).AllowAnonymous();
        app.MapGet("/{lang:lang}/plenaries/{reference}/rules.json", Rules)
            .RequireAuthorization(new AllowAttribute(SessionsModule.Prepare));
        app.MapGet("/{lang:lang}/plenaries/{reference}/attendance.csv", Attendance)
            .RequireAuthorization(new AllowAttribute(SessionsModule.TakePart));
    }

    private static async Task<IResult> All(PlenariaDb db, CancellationToken cancel) =>
        TypedResults.Ok(
            new
            {
                plenaries = (
                    await db.Set<Session>()
                        .AsNoTracking()
                        .Where(s => s.State != SessionState.Draft)
                        .OrderByDescending(s => s.StartsAt)
                        .Take(Most)
                        .ToListAsync(cancel)
                ).Select(s => new
                {
                    reference = s.Reference.ToString(),
                    body = PageLocalizer.Kebab(s.BodyKind),
                    title = ApiJson.Texts(s.Title),
                    place = s.Place,
                    zone = s.Zone,
                    starts = s.StartsAt,
                    ends = s.EndsAt,
                    state = PageLocalizer.Kebab(s.State.ToString()),
                }),
            }
        );

    private static async Task<IResult> One(string reference, SessionStore sessions, CancellationToken cancel)
    {
        if (await sessions.Find(reference, cancel) is not { IsPublic: true } s)
            return Results.NotFound();
        return TypedResults.Ok(
            new
            {
                reference = s.Reference.ToString(),
                body = PageLocalizer.Kebab(s.BodyKind),
                title = ApiJson.Texts(s.Title),
                place = s.Place,
                zone = s.Zone,
                starts = s.StartsAt,
                ends = s.EndsAt,
                language = s.Language.Code,
                state = PageLocalizer.Kebab(s.State.ToString()),
                convened = s.ConvenedAt,
                agenda = s.Points()
                    .Where(p => p.Item.Kind == ItemKind.Common)
                    .Select(p => new
                    {
                        number = p.Number,
                        title = ApiJson.Texts(p.Item.Title),
                        minutes = p.Item.Minutes,
                    }),
                seats = s.Seats.Count(x => !x.IsObserver),
                calls = s.Log.Calls.Select(c => new
                {
                    call = c.Call,
                    at = c.At,
                    entitled = c.Entitled,
                    present = c.Present,
                    represented = c.Represented,
                    quorum = c.HasQuorum,
                }),
                motions = s.Motions.Select(m => new
                {
                    number = m.Number,
                    title = ApiJson.Texts(m.Title),
                    text = ApiJson.Texts(m.Text),
                    state = PageLocalizer.Kebab(m.State.ToString()),
                    decision = m.Decision,
                    resolution = m.Resolution?.ToString(),
                }),
                votes = s
                    .Log.Votes.Where(v => !v.IsOpen)
                    .Select(v => new
                    {
                        number = v.Number,
                        question = v.Question,
                        method = PageLocalizer.Kebab(v.Method.ToString()),
                        decision = v.Decision,
                        opened = v.OpenedAt,
                        closed = v.ClosedAt,
                        yes = v.Figures?.Yes,
                        no = v.Figures?.No,
                        abstentions = v.Figures?.Abstentions,
                        outcome = v.Outcome is { } o ? PageLocalizer.Kebab(o.ToString()) : null,
                    }),
            }
        );
    }

    // The readers of a page, for what is printed and saved.
    private static bool MayRead(SessionMinutes minutes, Session session, CurrentUser visitor) =>
        minutes.State switch
        {
            MinutesState.Approved => true,
            MinutesState.Presented => HadSeat(session, visitor),
            _ => visitor.MayLead(session.Body),
        };

    private static bool HadSeat(Session session, CurrentUser visitor) =>
        visitor.MayLead(session.Body) || session.SeatsOf(visitor.Who).Count > 0;

    private static async Task<IResult> Pdf(
        string reference,
        HttpContext context,
        SessionStore sessions,
        MinutesStore store,
        Network network,
        RenderedDocuments rendered,
        CurrentUser visitor,
        Localizer texts,
        CancellationToken cancel
    )
    {
        if (
            await sessions.Find(reference, cancel) is not { IsPublic: true } session
            || await store.Find(session, cancel) is not { } minutes
            || !MayRead(minutes, session, visitor)
        )
            return Results.NotFound();
        var link = $"{context.Request.Scheme}://{context.Request.Host}/r/{session.Reference}";
        var key = minutes is { State: MinutesState.Approved, Hash: { } hash }
            ? $"{Convert.ToHexStringLower(hash)} {minutes.Version} {link}"
            : null;
        var name = (await network.Profile(cancel)).Name.For(minutes.Language);
        var bytes = await rendered.Make(
            key,
            () => rendered.Print(MinutesDocument.Of(minutes, name, texts, link)),
            cancel
        );
        return Results.Bytes(bytes, "application/pdf");
    }

    private static async Task<IResult> Rules(
        string lang,
        string reference,
        SessionStore sessions,
        CurrentUser visitor,
        CancellationToken cancel
    ) =>
        await sessions.Find(reference, cancel) is { } session && visitor.MayLead(session.Body)
            ? Results.Text(session.Rules.ToJson(), "application/json")
            : Results.NotFound();

    private static async Task<IResult> Attendance(
        string lang,
        string reference,
        SessionStore sessions,
        CurrentUser visitor,
        PageLocalizer t,
        CancellationToken cancel
    )
    {
        if (await sessions.Find(reference, cancel) is not { IsPublic: true } session || !HadSeat(session, visitor))
            return Results.NotFound();
        string At(DateTimeOffset? at) =>
            at is { } moment
                ? PlaceTime.In(session.Zone, moment).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)
                : "";
        var rows = new Attendance(session)
            .Rows(t.Language)
            .SelectMany(r =>
                r.WasThere
                    ? r.Times.Select(p =>
                        (string?[])
                            [
                                r.Name,
                                r.Country,
                                At(p.From),
                                At(p.Until),
                                PageLocalizer.Kebab(p.Manner.ToString()),
                                r.IsObserver ? "observer" : "",
                                "",
                            ]
                    )
                    :
                    [
                        [r.Name, r.Country, "", "", "", r.IsObserver ? "observer" : "", r.Holder ?? ""],
                    ]
            );
        return Results.File(
            Csv.Write([
                ["member", "country", "from", "until", "manner", "role", "represented by"],
                .. rows,
            ]),
            Csv.MediaType,
            $"{session.Reference}-attendance.csv"
        );
    }

    /// <summary>
    /// Minutes for programs: a meeting as OParl 1.1 names its parts, motions and vote events as Popolo does.
    /// </summary>
    private static async Task<IResult> Minutes(
        string reference,
        HttpContext context,
        SessionStore sessions,
        MinutesStore store,
        IBallots ballots,
        CancellationToken cancel
    )
    {
        if (await sessions.Find(reference, cancel) is not { State: SessionState.Ended } s)
            return Results.NotFound();
        var (host, minutes) = ($"{context.Request.Scheme}://{context.Request.Host}", await store.Find(s, cancel));
        var papers = new Dictionary<int, IReadOnlyList<DocumentView>>();
        foreach (var vote in s.Log.Votes.Where(v => v is { Ballot: not null, IsOpen: false }))
            papers[vote.Number] = await ballots.Papers(vote.Ballot!.Value, cancel);
        return TypedResults.Ok(
            new
            {
                id = $"{host}/api/v1/plenaries/{s.Reference}/minutes",
                type = "https://schema.oparl.org/1.1/Meeting",
                name = s.Title.For(s.Language),
                meetingState = "durchgeführt",
                cancelled = false,
                start = PlaceTime.In(s.Zone, s.Log.OpenedAt!.Value),
                end = PlaceTime.In(s.Zone, s.Log.EndedAt!.Value),
                location = s.Place is null
                    ? null
                    : new { type = "https://schema.oparl.org/1.1/Location", description = s.Place },
                participant = s
                    .Seats.Where(x => s.Log.Attendance.Exists(p => p.Member == x.Member.Value))
                    .Select(x => x.Name.For(s.Language))
                    .Order(StringComparer.Ordinal),
                resultsProtocol = minutes is { State: MinutesState.Approved } m
                    ? new
                    {
                        type = "https://schema.oparl.org/1.1/File",
                        accessUrl = $"{host}/{s.Language}{s.Path}/minutes.pdf",
                        mimeType = "application/pdf",
                        sha256 = Convert.ToHexStringLower(m.Hash!),
                        resolution = m.ApprovedBy?.ToString(),
                        text = m.Text,
                        language = m.Language.Code,
                    }
                    : null,
                agendaItem = s.Points()
                    .Where(p => p.Item.Kind == ItemKind.Common)
                    .Select(p => new
                    {
                        type = "https://schema.oparl.org/1.1/AgendaItem",
                        number = p.Number,
                        name = p.Item.Title.For(s.Language),
                        @public = true,
                    }),
                motions = s.Motions.Select(motion => new
                {
                    id = $"{s.Reference}/{motion.Number}",
                    title = motion.Title.For(s.Language),
                    text = motion.Consolidated().For(s.Language),
                    requirement = motion.Decision,
                    result = PageLocalizer.Kebab(motion.State.ToString()),
                    resolution = motion.Resolution?.ToString(),
                    vote_events = s
                        .Log.Votes.Where(v => v.Motion == motion.Id && !v.IsOpen)
                        .Select(v => Event(v, papers.GetValueOrDefault(v.Number))),
                }),
                vote_events = s
                    .Log.Votes.Where(v => v.Motion is null && !v.IsOpen)
                    .Select(v => Event(v, papers.GetValueOrDefault(v.Number))),
            }
        );

        object Event(Vote v, IReadOnlyList<DocumentView>? cast) =>
            new
            {
                identifier = $"{s.Reference}/votes/{v.Number}",
                question = v.Question,
                start_date = v.OpenedAt,
                end_date = v.ClosedAt,
                result = v.Outcome is { } o ? PageLocalizer.Kebab(o.ToString()) : null,
                method = PageLocalizer.Kebab(v.Method.ToString()),
                sha256 = v.Sha256,
                counts = v.Figures is { } f
                    ? new[]
                    {
                        new { option = "yes", value = f.Yes },
                        new { option = "no", value = f.No },
                        new { option = "abstain", value = f.Abstentions },
                    }
                    : [],
                votes = (cast ?? [])
                    .Where(p => p.Member is not null)
                    .Select(p => new
                    {
                        option = p.Option,
                        weight = p.Weight,
                        voter = s.Seats.Find(x => x.Member == p.Member)?.Name.For(s.Language),
                    }),
            };
    }
}
