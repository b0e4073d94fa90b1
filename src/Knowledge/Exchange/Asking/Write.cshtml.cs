using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange.Asking;

/// <summary>
/// One member writes to another. The platform carries the letters, so that neither sees the other's addresses.
/// </summary>
[Allow(ExchangeModule.TakePart)]
internal sealed class WriteModel(ThreadStore threads, IMembers members, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    internal sealed class Fields : AskFields
    {
        [Required(ErrorMessage = "exchange.write.to-missing"), StringLength(200)]
        public string? To { get; set; }
    }

    public Fields Input { get; set; } = new();
    public IReadOnlyList<MemberLine> Own { get; private set; } = [];

    /// <summary>Names to choose from.</summary>
    public IReadOnlyList<LocalizedText> Names { get; private set; } = [];

    public async Task OnGetAsync(string? to, CancellationToken cancel)
    {
        await RerenderAsync(cancel);
        Input.To = (await members.Find(to, cancel))?.Name.For(phrases.Language);
    }

    public async Task RerenderAsync(CancellationToken cancel) =>
        (Own, Names) = (await members.Represented(visitor.Who, cancel), await members.SuggestAsync(null, cancel));

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        await RerenderAsync(cancel);
        var from = input.Speaker(Own) ?? throw new RuleViolationException("exchange.write.not-a-member");
        // A name in the reader's language, as the list offers it, or as the directory keeps it.
        if (await members.Chosen(input.To, phrases.Language, cancel) is not { } to)
            throw new RuleViolationException("exchange.member-unknown", ("name", input.To!.Trim()));
        if (to.Id == from.Id)
            throw new RuleViolationException("exchange.write.to-oneself");
        var thread = await threads.Begin(
            new(ThreadKind.Contact, input.Name, input.Plain, phrases.Language) { Member = from, Other = to },
            visitor.Acting(),
            cancel
        );
        return Redirect($"/{phrases.Language}{thread.Path}");
    }
}
