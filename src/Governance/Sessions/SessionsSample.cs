using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Places;

namespace Plenaria.Sessions;

internal static class SessionsSample
{
    private sealed record Point(LocalizedText Title, int Minutes, List<Point>? Points);
    private sealed record Moved(LocalizedText Title, LocalizedText Text, string? Decision);
    private sealed record Told(BodyKind Body, LocalizedText Title, LocalizedText Text, string? Place, string Zone, DateTime Starts, int Hours, List<Point> Agenda, List<Moved> Motions);

    public static async Task Load(IServiceProvider services, SampleFolder folder, CancellationToken cancel)
    {
        if (!folder.Has("sessions.json"))
            return;
        var (store, db, motions, now) = (services.GetRequiredService<SessionStore>(), services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<MotionStore>(), services.GetRequiredService<HouseActing>().As("sample"));
        foreach (var told in folder.Read<List<Told>>("sessions.json"))
        {
            var starts = PlaceTime.At(told.Zone, told.Starts);
            // A sample that is loaded after its session was convened in time all the same.
            var acting = now.When < starts.AddDays(-30) ? now : now with { When = starts.AddDays(-30) };
            var session = await store.New(told.Body, told.Title, told.Zone, starts, starts.AddHours(told.Hours), Preset.Consensus, acting, cancel);
            await store.Change(session, "sessions.begun", acting, () =>
            {
                (session.Text, session.Place, session.Agenda) = (told.Text, told.Place, []);
                void Add(List<Point> points, Guid? under)
                {
                    foreach (var point in points)
                    {
                        var item = new AgendaItem(Guid.CreateVersion7(acting.When), point.Title, under, ItemKind.Common, point.Minutes);
                        session.Agenda.Add(item);
                        Add(point.Points ?? [], item.Id);
                    }
                }
                Add(told.Agenda, null);
            }, cancel);
            foreach (var moved in told.Motions)
                await motions.Move(session, moved.Title, moved.Text, null, moved.Decision ?? Presets.Ordinary, null, acting, cancel);
            await services.GetRequiredService<Convening>().Send(session, new("http://localhost"), acting, cancel);
        }
        await db.SaveChangesAsync(cancel);
    }
}
