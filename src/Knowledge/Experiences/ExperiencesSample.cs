using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Experiences;

internal static class ExperiencesSample
{
    private sealed record Told(
        LocalizedText Title,
        LocalizedText Summary,
        string Owner,
        List<Guid>? Authors,
        string Country,
        string City,
        double? Latitude,
        double? Longitude,
        PartialDate? Start,
        PartialDate? End,
        bool? Ongoing,
        Dictionary<NarrativeHeading, LocalizedText>? Narrative,
        List<string> Terms,
        EditorialState State = EditorialState.Published
    );

    public static async Task Load(IServiceProvider services, SampleFolder folder, CancellationToken cancel)
    {
        if (!folder.Has("experiences.json"))
            return;
        var (experiences, members) = (
            services.GetRequiredService<ExperienceStore>(),
            services.GetRequiredService<IMembers>()
        );
        var acting = services.GetRequiredService<SystemActor>().As("sample");
        foreach (var told in folder.Read<List<Told>>("experiences.json"))
        {
            var experience = await experiences.New(told.Title, acting, cancel);
            var owner = await members.Find(told.Owner, cancel);
            await experiences.Change(
                experience,
                "experiences.begun",
                acting,
                () =>
                {
                    (experience.Summary, experience.Owner, experience.Country, experience.City) = (
                        told.Summary,
                        owner?.Id,
                        told.Country,
                        told.City
                    );
                    (
                        experience.Latitude,
                        experience.Longitude,
                        experience.Start,
                        experience.End,
                        experience.IsOngoing
                    ) = (told.Latitude, told.Longitude, told.Start, told.End, told.Ongoing);
                    (experience.Narrative, experience.Terms) = (told.Narrative ?? [], told.Terms);
                    foreach (var author in told.Authors ?? [])
                        experience.Authors.Add(new() { Experience = experience.Id, Account = new(author) });
                    experience.Submit(acting.At);
                    if (told.State == EditorialState.Published)
                        experience.Publish(acting.At);
                },
                cancel
            );
            services.GetRequiredService<PlenariaDb>().ChangeTracker.Clear();
        }
    }
}
