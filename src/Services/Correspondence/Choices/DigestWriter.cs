using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Correspondence;

/// <summary>A letter that was collected, by its key.</summary>
internal sealed record DigestHead(Guid Id, string Kind);

/// <summary>Writes one letter of those that were collected for a person.</summary>
internal sealed class DigestWriter(
    PlenariaDb db,
    LetterFoot foot,
    Contributions contributions,
    Network network,
    Localizer texts
)
{
    /// <summary>The most of one kind that a letter names; of the others it says how many there are.</summary>
    public const int MostOfKind = 20;

    /// <param name="heads">At least one, the newest first.</param>
    public async Task<LetterDraft> WriteAsync(
        AccountAddress person,
        IReadOnlyCollection<DigestHead> heads,
        CancellationToken cancel
    )
    {
        var (language, name) = (person.Language, (await network.Profile(cancel)).Name.For(person.Language));
        var kinds = await contributions.DeclaredAsync<LetterKind>(cancel);
        var text = new StringBuilder();
        text.Append(texts.Get(language, "mail.digest.text", ("network", name))).Append("\n\n");
        foreach (var kind in heads.GroupBy(h => h.Kind))
        {
            var heading = kinds.FirstOrDefault(k => k.Key == kind.Key) is { } declared
                ? texts.Get(language, declared.TextKey)
                : kind.Key;
            text.Append(heading).Append('\n').Append('=', heading.Length).Append("\n\n");
            await AppendAsync(text, [.. kind], language, cancel);
        }
        return foot.AddToDigest(
            new(
                person.Email,
                language,
                texts.Count(language, "mail.digest.subject", heads.Count, ("network", name)),
                text.ToString()
            )
            {
                Kind = LetterKind.Digest,
            }
        );
    }

    private async Task AppendAsync(
        StringBuilder text,
        List<DigestHead> heads,
        Kernel.Language language,
        CancellationToken cancel
    )
    {
        var ids = heads.Take(MostOfKind).Select(h => h.Id).ToList();
        var items = await db.Set<DigestItem>().AsNoTracking().Where(i => ids.Contains(i.Id)).ToListAsync(cancel);
        foreach (var item in items.OrderBy(i => ids.IndexOf(i.Id)))
        {
            text.Append("* ").Append(item.Subject).Append('\n');
            foreach (var line in item.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                text.Append("  ").Append(line).Append('\n');
            text.Append("  ").Append(item.Link).Append("\n\n");
        }
        if (heads.Count > MostOfKind)
            text.Append(texts.Count(language, "mail.digest.more", heads.Count - MostOfKind)).Append("\n\n");
    }
}
