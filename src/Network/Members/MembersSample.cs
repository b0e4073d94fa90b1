using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members.Offices;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;

namespace Plenaria.Members;

internal static class MembersSample
{
    private sealed record Office(string Slug, LocalizedText Name, LocalizedText Type, List<string> Hosts, LocalizedText Territory, List<string> Regions, OfficeStage Stage, PartialDate? Opened);
    private sealed record Institution(string Name, MemberKind Kind, string Country, PartialDate? Since, MemberClass Class = MemberClass.Associate);
    private sealed record File(List<Office> Offices, List<Institution> Members);

    public static async Task Load(IServiceProvider services, SampleFolder folder, CancellationToken cancel)
    {
        var sample = folder.Read<File>("members.json");
        var db = services.GetRequiredService<PlenariaDb>();
        var journal = services.GetRequiredService<Journal>();
        var acting = services.GetRequiredService<HouseActing>().As("sample");
        foreach (var office in sample.Offices)
        {
            var stored = new RegionalOffice
            {
                Id = new(Guid.CreateVersion7(acting.When)), Slug = office.Slug, Name = office.Name, Type = office.Type, Territory = office.Territory,
                Regions = office.Regions, Countries = RegionalOffice.CountriesOf(office.Regions, []), Stage = office.Stage, Opened = office.Opened,
            };
            stored.Hosts.AddRange(office.Hosts.Select(h => new OfficeHost { Id = Guid.CreateVersion7(acting.When), Office = stored.Id, Name = h }));
            db.Add(stored);
            journal.Record(acting, $"office:{office.Slug}", "members.office-added", null, new { name = office.Name.ToString() });
        }
        await db.SaveChangesAsync(cancel);
        var members = services.GetRequiredService<MemberStore>();
        foreach (var institution in sample.Members)
        {
            var member = new Member { Id = new(Guid.CreateVersion7(acting.When)), Slug = await members.NewSlug(institution.Name, cancel), Kind = institution.Kind };
            await members.Change(member, "members.member-added", acting, () =>
            {
                member.Call(LocalizedText.Original(Language.Spanish, institution.Name));
                member.Settle(institution.Country);
                member.Join(institution.Class, institution.Since, acting.When);
            }, cancel);
        }
    }
}
