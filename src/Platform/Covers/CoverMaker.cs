using Plenaria.Platform.Documents;
using Plenaria.Platform.Files;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Covers;

/// <summary>Makes the first page of documents that the network publishes: its logo and its name.</summary>
public sealed class CoverMaker(Network network, FileStore files)
{
    /// <param name="lines">What stands below the title besides the name of the network.</param>
    /// <returns>The cover, and what it was made of, as part of the key of a kept document.</returns>
    public async Task<(Cover Cover, string Key)> MakeAsync(
        Kernel.Language language,
        IEnumerable<string> lines,
        CancellationToken cancel
    )
    {
        var profile = await network.Profile(cancel);
        var name = profile.Name.For(language);
        return (
            new(await ReadLogoAsync(profile.Logo, name, cancel), [name, .. lines]),
            $"{profile.Logo} {profile.Version}"
        );
    }

    private async Task<Illustration?> ReadLogoAsync(string? hash, string name, CancellationToken cancel)
    {
        if (hash is null || await files.OpenForSystemAsync(hash, cancel) is not var (_, content))
            return null;
        await using (content)
        {
            using var bytes = new MemoryStream();
            await content.CopyToAsync(bytes, cancel);
            return new(bytes.ToArray(), name);
        }
    }
}
