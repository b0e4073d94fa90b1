using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Outreach;

/// <summary>Begins a conversation: with an institution nobody knows yet, or with one that left.</summary>
[Allow(MembersModule.Outreach)]
internal sealed class NewModel(
    OutreachStore outreach,
    MemberStore members,
    Territory territory,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public NewProspectFields Input { get; set; } = new();
    public WinBackFields Back { get; set; } = new();
    public IReadOnlyList<Member> Former { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel) =>
        Former = await outreach.ToWinBack(await territory.Of(visitor.Acting(), cancel), 500, cancel);

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] NewProspectFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        var (acting, country, name) = (visitor.Acting(), Countries.Find(input.Country)!, input.Name!.Trim());
        await territory.Demand(acting, country, name, cancel);
        var beginning = await Read(input, cancel);
        try
        {
            var member = await outreach.Begin(
                LocalizedText.Original(phrases.Language, name),
                country,
                input.Kind,
                beginning,
                acting,
                cancel
            );
            return Redirect($"/{phrases.Language}/outreach/{member.Slug}");
        }
        catch (DbUpdateException)
        {
            // Somebody else began the same at the same moment.
            throw new RuleViolationException("members.outreach.known", ("name", name));
        }
    }

    public async Task<IActionResult> OnPostBackAsync(
        [FromForm(Name = nameof(Back))] WinBackFields back,
        CancellationToken cancel
    )
    {
        Back = back;
        var acting = visitor.Acting();
        if (await members.Find(back.Member!, cancel) is not { Status: MemberStatus.Former } member)
            throw new RuleViolationException("members.outreach.which-missing");
        await territory.Demand(acting, member.Country, member.Stream, cancel);
        await outreach.Begin(member, await Read(back, cancel), acting, cancel);
        return Redirect($"/{phrases.Language}/outreach/{member.Slug}");
    }

    // The name of a member as people write it: its own in one of its languages, or its address.
    private async Task<ProspectSource> Read(BeginFields fields, CancellationToken cancel)
    {
        var note = string.IsNullOrWhiteSpace(fields.Note) ? null : fields.Note.Trim();
        if (string.IsNullOrWhiteSpace(fields.ReferredBy))
            return new(fields.Source, note, null);
        var (words, folded) = (fields.ReferredBy.Trim(), Folding.Fold(fields.ReferredBy));
        var found =
            await members.Find(words, cancel) is { IsPresent: true } bySlug ? [bySlug]
            : (await members.List(new(Words: words), null, 50, cancel)) is { Count: > 1 } many
                ? [.. many.Where(m => m.Folded.Split(" / ").Contains(folded))]
            : await members.List(new(Words: words), null, 1, cancel);
        return found is [var by]
            ? new(fields.Source, note, by.Id)
            : throw new RuleViolationException("members.outreach.referred-unknown", ("name", words));
    }
}
