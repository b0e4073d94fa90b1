using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;

namespace Plenaria.Members;

internal static class MembersSample
{
    private sealed record Office(string Slug, LocalizedText Name, LocalizedText Host, LocalizedText Territory, List<string> Regions, OfficeStage Stage, PartialDate? Opened);
    private sealed record Institution(string Name, MemberKind Kind, string Country, string Region, PartialDate? Since);
    private sealed record File(List<Office> Offices, List<Institution> Members);

    public static async Task Load(IServiceProvider services, SampleFolder folder, CancellationToken cancel)
    {
        var sample = folder.Read<File>("members.json");
        var db = services.GetRequiredService<PlenariaDb>();
        var journal = services.GetRequiredService<Journal>();
        var acting = services.GetRequiredService<HouseActing>().As("sample");
        foreach (var office in sample.Offices)
        {
            db.Add(new RegionalOffice
            {
                Id = new(Guid.CreateVersion7(acting.When)), Slug = office.Slug, Name = office.Name, Host = office.Host, Territory = office.Territory,
                Regions = office.Regions, Stage = office.Stage, Opened = office.Opened,
            });
            journal.Record(acting, $"office:{office.Slug}", "members.office-added", null, new { name = office.Name.ToString() });
        }
        foreach (var institution in sample.Members)
        {
            var slug = Slug(institution.Name);
            db.Add(new Member
            {
                Id = new(Guid.CreateVersion7(acting.When)), Slug = slug, Name = LocalizedText.Original(Language.Spanish, institution.Name),
                Kind = institution.Kind, Country = institution.Country, Region = institution.Region, Since = institution.Since,
            });
            journal.Record(acting, $"member:{slug}", "members.member-added", null, new { name = institution.Name });
        }
        await db.SaveChangesAsync(cancel);
    }

    private static string Slug(string name)
    {
        var plain = name.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark);
        return string.Join('-', string.Concat(plain.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}
