using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange.Asking;

/// <summary>A question or a comment about something published, to whom it belongs; public once it is sent.</summary>
[Allow(ExchangeModule.TakePart)]
internal sealed class AboutModel(
    ThreadStore threads,
    Register register,
    IMembers members,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public TextFields Input { get; set; } = new();
    public PublishedEntry Entry { get; private set; } = null!;
    public IReadOnlyList<MemberLine> Own { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) =>
        await Load(reference, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["reference"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(
        string reference,
        [FromForm(Name = nameof(Input))] TextFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await Load(reference, cancel))
            return NotFound();
        var title = Folding.Cut(Entry.Title.For(phrases.Language), Thread.TitleMaxLength);
        var thread = await threads.Begin(
            new(ThreadKind.Comment, title, input.Plain, phrases.Language)
            {
                About = Entry.Reference,
                Member = input.Speaker(Own),
            },
            visitor.Acting(),
            cancel
        );
        return Redirect($"/{phrases.Language}{thread.Path}");
    }

    private async Task<bool> Load(string named, CancellationToken cancel)
    {
        if (
            !Reference.TryParse(named, null, out var reference)
            || !(await register.Read([reference], visitor.Reads, cancel)).TryGetValue(reference, out var entry)
        )
            return false;
        (Entry, Own) = (entry, await members.Represented(visitor.Who, cancel));
        return true;
    }
}
