using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Places;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Publishing.Content;

/// <summary>
/// Reads and changes what is published. Every change tells the journal, and the register when it is public.
/// </summary>
internal sealed class ItemStore(
    PlenariaDb db,
    Journal journal,
    Register register,
    Network network,
    IMembers members,
    FileStore files
)
{
    public const string ReferenceLetter = "D";

    public Task<Item?> Find(string slug, CancellationToken cancel, bool toEdit = false) =>
        (toEdit ? db.Set<Item>() : db.Set<Item>().AsNoTracking()).SingleOrDefaultAsync(i => i.Slug == slug, cancel);

    /// <summary>A new item, in its author's hands. Saved by <see cref="Change"/>.</summary>
    public async Task<Item> New(ItemKind kind, LocalizedText title, OperationContext acting, CancellationToken cancel)
    {
        var number = (await db.Set<Item>().MaxAsync(i => (int?)i.Number, cancel) ?? 0) + 1;
        var item = new Item
        {
            Id = Guid.CreateVersion7(acting.At),
            Number = number,
            Kind = kind,
            Slug = await FreeSlug(title, kind, cancel),
            Title = title,
            Author = acting.Actor.Id,
            CreatedAt = acting.At,
            Reference = Reference.Of(
                (await network.Profile(cancel)).Prefix,
                ReferenceLetter,
                number.ToString("00000", CultureInfo.InvariantCulture)
            ),
        };
        db.Add(item);
        return item;
    }

    private async Task<string> FreeSlug(LocalizedText title, ItemKind kind, CancellationToken cancel)
    {
        var wanted = Folding.Slug(title.ToString(), Item.SlugMaxLength - 10) is { Length: > 0 } slug
            ? slug
            : Item.KindOf(kind);
        var taken = (await db.Set<Item>().Where(i => i.Slug.StartsWith(wanted)).Select(i => i.Slug).ToListAsync(cancel))
            .Concat(["new", "desk"])
            .ToHashSet();
        return Folding.Free(wanted, taken);
    }

    public async Task Change(Item item, string act, OperationContext acting, Action change, CancellationToken cancel)
    {
        var wasPublic = item.IsPublic;
        change();
        item.ChangedAt = acting.At;
        if (item.IsPublic)
        {
            item.DemandComplete();
            await files.Widen(item.Files.Select(f => f.Hash), Audience.Public, cancel);
            await register.Publish(
                new(item.Reference, item.RegisterKind, item.Path, item.Title, item.Summary)
                {
                    Member = item.Owner,
                    Office = item.Office,
                    Place = item.Country,
                    Date = item.StartsAt is { } starts
                        ? PartialDate.On(DateOnly.FromDateTime(PlaceTime.In(item.Zone, starts).DateTime))
                        : item.Appeared,
                    Topics = item.Terms,
                    Texts = [item.Title, item.Summary, item.Body],
                },
                Body(item),
                Audience.Public,
                cancel
            );
        }
        else if (item.State == ItemState.Archived)
        {
            await register.Withdraw(item.Reference, cancel);
            await files.Narrow(item.Files.Select(f => f.Hash), cancel);
        }
        journal.Append(
            acting,
            item.Stream,
            act,
            item.Reference,
            new
            {
                title = item.Title.ToString(),
                kind = item.RegisterKind,
                state = item.State.ToString(),
            },
            wasPublic || item.IsPublic ? null : []
        );
        await db.SaveChangesAsync(cancel);
    }

    // Who wrote it and where it takes place are looked for as its text is.
    private static LocalizedText Body(Item item)
    {
        var beside = string.Join('\n', ((string?[])[item.Authors, item.City, item.Identifier]).OfType<string>());
        var source = item.Body.Source ?? item.Title.Source ?? Language.English;
        var body = LocalizedText.Original(source, $"{item.Body.In(source)?.Text}\n\n{beside}".Trim());
        foreach (var (language, wording) in item.Body.Wordings.Where(w => w.Key != source))
            body = body.IsEmpty
                ? LocalizedText.Original(language, wording.Text)
                : body.WithTranslation(language, $"{wording.Text}\n\n{beside}".Trim());
        return body;
    }

    /// <summary>
    /// In whose name this visitor may change it: its author, the people of its member, the editors of its territory.
    /// Null when not.
    /// </summary>
    public async Task<OperationContext?> Editing(Item item, CurrentUser visitor, CancellationToken cancel)
    {
        var acting = visitor.Acting();
        if (!acting.Can(PublishingModule.Write))
            return null;
        if (item.Owner is { } owner && acting.Actor.Grants.Contains(new(Role.Member, Scope.Of(owner))))
            return acting with
            {
                OnBehalfOf = (await members.Lines([owner], cancel)).TryGetValue(owner, out var member)
                    ? new(owner, member.Name.ToString())
                    : acting.OnBehalfOf,
            };
        return
            item.Owner is null && item.Author is { } author && author == acting.Actor.Id
            || await MayDecide(item, acting, cancel)
            ? acting
            : null;
    }

    /// <summary>
    /// Whether somebody may publish it: for the whole network, or in the territory of an office that serves its country
    /// or publishes it.
    /// </summary>
    public async Task<bool> MayDecide(Item item, OperationContext acting, CancellationToken cancel) =>
        item.Office is { } office && acting.Can(PublishingModule.Publish, Scope.Of(office))
        || await members.MayIn(acting, PublishingModule.Publish, item.Country, cancel);

    /// <summary>Items of the countries for which somebody reads before publication.</summary>
    public async Task<IQueryable<Item>> InTerritory(OperationContext acting, CancellationToken cancel)
    {
        var all = db.Set<Item>().AsNoTracking();
        if (await members.CountriesOf(acting, PublishingModule.Publish, cancel) is not { } countries)
            return all;
        return all.Where(i => i.Country != null && countries.Contains(i.Country));
    }
}
