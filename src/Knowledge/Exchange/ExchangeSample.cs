using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Comments;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Exchange;

internal static class ExchangeSample
{
    private sealed record Author(Guid Id, string Name, Role Role, string? Member);

    private sealed record Said(string By, string Text, Language Language, bool Helped);

    private sealed record Told(ThreadKind Kind, string Title, string? About, string? Topic, List<Said> Messages);

    private sealed record Asked(LocalizedText Title, LocalizedText Text, string? Topic, int Days, List<string> Members);

    private sealed record Curated(LocalizedText Title, LocalizedText Text, string Office, List<string> Entries);

    private sealed record File(
        Dictionary<string, Author> Authors,
        List<Told> Threads,
        List<Asked> Drives,
        List<Curated> Collections,
        List<Held>? Held
    );

    private sealed record Held(Guid Id, string By, int Thread, string Text);

    public static async Task Load(IServiceProvider services, SampleFolder folder, CancellationToken cancel)
    {
        if (!folder.Has("exchange.json"))
            return;
        var sample = folder.Read<File>("exchange.json");
        var (members, rights, time) = (
            services.GetRequiredService<IMembers>(),
            services.GetRequiredService<PermissionCatalog>(),
            services.GetRequiredService<TimeProvider>()
        );
        async Task<OperationContext> As(Author author)
        {
            var member = await members.Find(author.Member, cancel);
            return new(
                new(
                    new(author.Id),
                    author.Name,
                    [new(author.Role, member is null ? Scope.Everywhere : Scope.Of(member.Id))]
                ),
                member is null ? null : new(member.Id, member.Name.ToString()),
                time.GetUtcNow(),
                null,
                rights
            );
        }
        foreach (var told in sample.Threads)
            await Tell(services, told, said => As(sample.Authors[said.By]), cancel);
        var acting = await As(sample.Authors.Values.First(a => a.Role == Role.Staff));
        var drives = services.GetRequiredService<DriveStore>();
        foreach (var asked in sample.Drives)
        {
            var drive = await drives.New(asked.Title, acting.Today.AddDays(asked.Days), acting, cancel);
            await drives.Change(
                drive,
                "exchange.drive-begun",
                acting,
                () => (drive.Text, drive.Topic) = (asked.Text, asked.Topic),
                cancel
            );
            foreach (var name in asked.Members)
                await drives.Ask(
                    drive,
                    await members.ChooseAsync(
                        new MemberSegment(null, null, Named: name),
                        ExchangeModule.Drives,
                        Language.English,
                        acting,
                        cancel
                    ),
                    acting,
                    cancel
                );
            await drives.Open(drive, acting, cancel);
        }
        var db = services.GetRequiredService<PlenariaDb>();
        foreach (var held in sample.Held ?? [])
        {
            var thread = await db.Set<Thread>().SingleAsync(t => t.Number == held.Thread, cancel);
            var by = await As(sample.Authors[held.By]);
            var record = await services.GetRequiredService<ThreadDiscussions>().FindAsync(thread.Id, by, cancel);
            await services
                .GetRequiredService<ReplyStore>()
                .HoldAsync(record!, held.Text, $"{held.Id:N}@example.org", by, cancel, held.Id);
        }
        foreach (var curated in sample.Collections)
            await Curate(services, curated, acting, cancel);
    }

    private static async Task Tell(
        IServiceProvider services,
        Told told,
        Func<Said, Task<OperationContext>> by,
        CancellationToken cancel
    )
    {
        var (threads, members) = (services.GetRequiredService<ThreadStore>(), services.GetRequiredService<IMembers>());
        var first = told.Messages[0];
        var asker = await by(first);
        var about = told.About is { } named
            ? (
                await services
                    .GetRequiredService<EntryResolver>()
                    .Find(named, Platform.Register.Audience.Public, cancel)
            ).Reference
            : (Reference?)null;
        var thread = await threads.Begin(
            new(told.Kind, told.Title, first.Text, first.Language)
            {
                About = about,
                Topic = told.Topic,
                Member = await members.Represented(asker.Actor, cancel) is [var own, ..] ? own : null,
            },
            asker,
            cancel
        );
        foreach (var said in told.Messages.Skip(1))
        {
            var answer = await threads.Post(thread, said.Text, said.Language, await by(said), cancel);
            if (said.Helped)
                await threads.Close(thread, answer.Id, asker, cancel);
        }
    }

    private static async Task Curate(
        IServiceProvider services,
        Curated curated,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var (collections, pointing, members) = (
            services.GetRequiredService<CollectionStore>(),
            services.GetRequiredService<EntryResolver>(),
            services.GetRequiredService<IMembers>()
        );
        var office = (await members.Offices(cancel)).First(o => o.Name.For(Language.English) == curated.Office);
        var collection = new Collection
        {
            Id = Guid.CreateVersion7(acting.At),
            Slug = await collections.NewSlug(curated.Title.For(Language.English), cancel),
            Title = curated.Title,
            Text = curated.Text,
            Office = office.Id,
            IsPublic = true,
            At = acting.At,
            ChangedAt = acting.At,
        };
        await collections.Begin(collection, acting, cancel);
        foreach (var named in curated.Entries)
            await collections.Add(
                collection,
                (await pointing.Find(named, Platform.Register.Audience.Public, cancel)).Reference,
                null,
                acting,
                cancel
            );
    }
}
