using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Site.SetUp;

internal static class NetworkSample
{
    private sealed record Network(
        string ShortName,
        string Prefix,
        LocalizedText Name,
        LocalizedText Purpose,
        List<NetworkPartner> Partners,
        string TimeZone
    );

    public static async Task Load(IServiceProvider services, SampleFolder folder, CancellationToken cancel)
    {
        var sample = folder.Read<Network>("network.json");
        var db = services.GetRequiredService<PlenariaDb>();
        db.Add(
            new NetworkProfile
            {
                Name = sample.Name,
                Purpose = sample.Purpose,
                ShortName = sample.ShortName,
                Prefix = sample.Prefix,
                Partners = sample.Partners,
                TimeZone = sample.TimeZone,
                IsSample = true,
            }
        );
        services
            .GetRequiredService<Journal.Journal>()
            .Append(
                services.GetRequiredService<SystemActor>().As("sample"),
                "site",
                "site.network-named",
                null,
                new { sample.ShortName, sample.Prefix }
            );
        await db.SaveChangesAsync(cancel);
    }
}
