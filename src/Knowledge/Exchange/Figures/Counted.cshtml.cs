using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange.Figures;

/// <summary>Exactly the records that a figure of the plan counted. Of what is not public, only that it was.</summary>
[AllowAnonymous, Cacheable]
internal sealed class CountedModel(
    Counting counting,
    IMembers members,
    Register register,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Counted What { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Office { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    public string Where { get; private set; } = "";
    public IReadOnlyList<(string Title, string? Path, DateTimeOffset Day)> Lines { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        var office = Office is { } id ? new OfficeId(id) : (OfficeId?)null;
        Where = office is { } of
            ? await members.OfficeName(of, phrases.Language, cancel)
            : phrases["exchange.of-the-network"];
        if (!Enum.IsDefined(What) || Where.Length == 0 || From > To)
            return NotFound();
        var (first, last) = (
            From ?? DateOnly.MinValue,
            To is { } to && to < DateOnly.MaxValue ? to : DateOnly.MaxValue.AddDays(-1)
        );
        Lines = What switch
        {
            Counted.Entries => await Entries(await counting.Entries(office, first, last, cancel), cancel),
            Counted.Asked => Threads(await counting.Asked(office, first, last, cancel)),
            _ => Threads(await counting.Answered(office, first, last, cancel)),
        };
        return Page();
    }

    private (string, string?, DateTimeOffset)[] Threads(IReadOnlyList<CountedThread> counted) =>
        [
            .. counted.Select(c =>
                c.Thread.IsPublic || ThreadStore.IsParty(c.Thread, visitor.Acting())
                    ? (c.Thread.Title, (string?)c.Thread.Path, c.At)
                    : (phrases["exchange.counted.private", ("number", c.Thread.Number)], null, c.At)
            ),
        ];

    private async Task<IReadOnlyList<(string, string?, DateTimeOffset)>> Entries(
        IReadOnlyList<CountedEntry> counted,
        CancellationToken cancel
    )
    {
        var published = await register.Read(
            [.. counted.Select(c => c.Entry.Reference).Distinct()],
            visitor.Reads,
            cancel
        );
        return
        [
            .. counted.Select(c =>
                published.TryGetValue(c.Entry.Reference, out var entry)
                    ? (entry.Title.For(phrases.Language), (string?)entry.Path, c.Entry.At)
                    : (c.Entry.Reference.ToString(), null, c.Entry.At)
            ),
        ];
    }
}
