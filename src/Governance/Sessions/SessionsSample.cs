using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Platform.Places;
using Plenaria.Sessions.Consultations;
using Plenaria.Sessions.Live;
using Plenaria.Sessions.Minutes;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions;

internal static class SessionsSample
{
    private sealed record Point(LocalizedText Title, int Minutes, List<Point>? Points);

    private sealed record ToldAmendment(ChangeKind Kind, int Paragraph, string? By, LocalizedText? Text);

    private sealed record ToldMotion(
        LocalizedText Title,
        LocalizedText? Text,
        string? Decision,
        Reference? MinutesOf,
        List<ToldAmendment>? Amendments
    );

    private sealed record ToldVote(LocalizedText? Question, int? Motion, int? Yes);

    private sealed record Held(List<string> Present, List<ToldVote> Votes, bool Minutes);

    private sealed record Told(
        string Body,
        LocalizedText Title,
        LocalizedText Text,
        string? Place,
        string Zone,
        DateTime Starts,
        int Hours,
        List<Point> Agenda,
        List<ToldMotion> Motions,
        List<string>? Seats,
        Held? Held
    )
    {
        /// <summary>The last part of the address of the office whose session it is.</summary>
        public string? Office { get; init; }

        /// <summary>Whether its notice is not sent.</summary>
        public bool IsDraft { get; init; }
    }

    private sealed record ToldComment(
        string By,
        int Version,
        int Paragraph,
        LocalizedText Text,
        Verdict? Verdict,
        LocalizedText? Answer
    );

    private sealed record ToldConsultation(
        LocalizedText Title,
        LocalizedText Introduction,
        DateOnly Opened,
        DateOnly Until,
        DateOnly Again,
        DateOnly AgainUntil,
        List<LocalizedText> Versions,
        List<ToldComment> Comments
    );

    public static async Task Load(IServiceProvider services, SampleFolder folder, CancellationToken cancel)
    {
        if (!folder.Has("sessions.json"))
            return;
        var (store, db, motions, members, bodies, now) = (
            services.GetRequiredService<SessionStore>(),
            services.GetRequiredService<PlenariaDb>(),
            services.GetRequiredService<MotionStore>(),
            services.GetRequiredService<IMembers>(),
            services.GetRequiredService<BodyService>(),
            services.GetRequiredService<SystemActor>().As("sample")
        );
        foreach (var told in folder.Read<List<Told>>("sessions.json"))
        {
            var starts = PlaceTime.At(told.Zone, told.Starts);
            // A sample that is loaded after its session was convened in time all the same.
            var acting = now.At < starts.AddDays(-30) ? now : now with { At = starts.AddDays(-30) };
            var session = await store.New(
                (await bodies.FindAsync(await KeyAsync(told, members, cancel), cancel))!,
                told.Title,
                told.Zone,
                starts,
                starts.AddHours(told.Hours),
                Preset.Consensus,
                acting,
                cancel
            );
            List<MemberLine> seated = [];
            foreach (var slug in told.Seats ?? [])
                seated.Add((await members.Find(slug, cancel))!);
            await store.Change(
                session,
                "sessions.begun",
                acting,
                () =>
                {
                    (session.Text, session.Place, session.Agenda) = (told.Text, told.Place, []);
                    void Add(List<Point> points, Guid? under)
                    {
                        foreach (var point in points)
                        {
                            var item = new AgendaItem(
                                Guid.CreateVersion7(acting.At),
                                point.Title,
                                under,
                                ItemKind.Common,
                                point.Minutes
                            );
                            session.Agenda.Add(item);
                            Add(point.Points ?? [], item.Id);
                        }
                    }
                    Add(told.Agenda, null);
                    seated.ForEach(m => store.Seat(session, m));
                },
                cancel
            );
            foreach (var moved in told.Motions)
            {
                var motion = await motions.Move(
                    session,
                    new(
                        moved.Title,
                        moved.Text ?? LocalizedText.Empty,
                        LocalizedText.Empty,
                        null,
                        moved.Decision ?? Presets.Ordinary,
                        session.Agenda[0].Id
                    )
                    {
                        About = moved.MinutesOf,
                    },
                    acting,
                    cancel
                );
                foreach (var asked in moved.Amendments ?? [])
                    await motions.Amend(
                        session,
                        motion,
                        asked.Kind,
                        asked.Paragraph,
                        asked.Text ?? LocalizedText.Empty,
                        LocalizedText.Empty,
                        asked.By is { } slug ? (await members.Find(slug, cancel))!.Id : null,
                        acting,
                        cancel
                    );
            }
            if (told.IsDraft)
                continue;
            await services.GetRequiredService<Convening>().Send(session, new("http://localhost"), acting, cancel);
            if (told.Held is { } held)
                await Hold(services, session.Reference.ToString(), held, members, acting with { At = starts }, cancel);
        }
        await db.SaveChangesAsync(cancel);
    }

    private static async Task<BodyKey> KeyAsync(Told told, IMembers members, CancellationToken cancel) =>
        told.Office is null
            ? new(told.Body)
            : new(
                told.Body,
                (await members.Offices(cancel))
                    .Single(o => o.Path.EndsWith($"/{told.Office}", StringComparison.Ordinal))
                    .Id.Value
            );

    private static async Task Hold(
        IServiceProvider services,
        string reference,
        Held held,
        IMembers members,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var (store, hall) = (
            services.GetRequiredService<SessionStore>(),
            services.GetRequiredService<SessionCommands>()
        );
        async Task<MemberId> Member(string slug) => (await members.Find(slug, cancel))!.Id;
        OperationContext After(int minutes) => acting with { At = acting.At.AddMinutes(minutes) };
        foreach (var slug in held.Present)
            await hall.Arrive(reference, await Member(slug), AttendanceMode.Remote, acting, cancel);
        await hall.Call(reference, After(1), cancel);
        var session = (await store.Find(reference, cancel))!;
        await hall.Take(reference, session.Agenda[0].Id, After(2), cancel);
        foreach (var (vote, number) in held.Votes.Select((v, i) => (v, i + 1)))
        {
            Guid? subject = vote.Motion is { } moved ? session.Motions.Single(m => m.Number == moved).Id : null;
            await hall.PutVote(
                reference,
                subject,
                vote.Question ?? LocalizedText.Empty,
                vote.Yes is null ? Method.Consensus : Method.ShowOfHands,
                Presets.Ordinary,
                After(4 + number),
                cancel
            );
            await hall.CloseVote(
                reference,
                vote.Yes is { } yes ? new() { Yes = yes } : null,
                false,
                After(5 + number),
                cancel
            );
        }
        await hall.End(reference, After(30), cancel);
        if (!held.Minutes)
            return;
        var minutes = services.GetRequiredService<MinutesStore>();
        session = (await store.Find(reference, cancel))!;
        await minutes.Draft(session, null, After(60), cancel);
        await minutes.Present(
            session,
            (await minutes.Find(session, cancel, toEdit: true))!,
            new("http://localhost"),
            After(90),
            cancel
        );
    }

    /// <summary>A consultation that is in its second round.</summary>
    public static async Task Consult(IServiceProvider services, SampleFolder folder, CancellationToken cancel)
    {
        if (!folder.Has("consultations.json"))
            return;
        var (store, members, now, host) = (
            services.GetRequiredService<ConsultationStore>(),
            services.GetRequiredService<IMembers>(),
            services.GetRequiredService<SystemActor>().As("sample"),
            new Uri("http://localhost")
        );
        foreach (var told in folder.Read<List<ToldConsultation>>("consultations.json"))
        {
            OperationContext On(DateOnly day) => now with { At = new(day, new(9, 0), TimeSpan.Zero) };
            var it = await store.New(told.Title, told.Until, On(told.Opened), cancel);
            await store.Change(
                it,
                "sessions.consultation-begun",
                On(told.Opened),
                () => (it.Introduction, it.Begin(now.At).Text) = (told.Introduction, told.Versions[0]),
                cancel
            );
            await store.Open(it, host, On(told.Opened), cancel);
            async Task Say(int version, DateOnly day)
            {
                foreach (var told in told.Comments.Where(c => c.Version == version))
                {
                    var comment = await store.Say(
                        it,
                        told.Paragraph,
                        told.Text,
                        (await members.Find(told.By, cancel))!.Id,
                        On(day),
                        cancel
                    );
                    if (told.Verdict is { } verdict)
                        await store.Answer(it, comment.Id, 0, verdict, _ => told.Answer!, On(day), cancel);
                }
            }
            await Say(1, told.Until);
            await store.Change(
                it,
                "sessions.consultation-changed",
                On(told.Again),
                () => it.Begin(now.At).Text = told.Versions[1],
                cancel
            );
            await store.EndRound(it, told.AgainUntil, host, On(told.Again), cancel);
            await Say(2, told.Again);
        }
    }
}
