using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Thesaurus;

namespace Plenaria.Exchange.Asking;

/// <summary>The terms a question or a drive can be about, and the one that is chosen.</summary>
internal sealed record TopicChoice(IReadOnlyList<Concept> Terms, string? Chosen)
{
    private static readonly string[] Schemes = ["issues", "practices"];

    public static IReadOnlyList<Concept> Of(Vocabulary vocabulary, Language reader) =>
        [
            .. Schemes
                .SelectMany(vocabulary.Of)
                .OrderBy(c => c.Label.For(reader), StringComparer.Create(reader.Culture, ignoreCase: true)),
        ];
}

/// <summary>A question to the whole network, answered in public.</summary>
[Allow(ExchangeModule.TakePart)]
internal sealed class AskModel(
    ThreadStore threads,
    IMembers members,
    ThesaurusService thesaurus,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    internal sealed class Fields : AskFields
    {
        [StringLength(Thread.TopicMaxLength)]
        public string? Topic { get; set; }

        [StringLength(2)]
        public string? Language { get; set; }
    }

    public Fields Input { get; set; } = new();
    public IReadOnlyList<MemberLine> Own { get; private set; } = [];
    public IReadOnlyList<Concept> Topics { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel)
    {
        Input.Language = phrases.Language.Code;
        return RerenderAsync(cancel);
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        Own = await members.Represented(visitor.Who, cancel);
        Topics = TopicChoice.Of(await thesaurus.Read(cancel), phrases.Language);
    }

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        await RerenderAsync(cancel);
        var language = Kernel.Language.TryParse(input.Language, out var chosen) ? chosen : phrases.Language;
        var thread = await threads.Begin(
            new(ThreadKind.Network, input.Name, input.Plain, language)
            {
                Topic = Topics.FirstOrDefault(t => t.Code == input.Topic)?.Code,
                Member = input.Speaker(Own),
            },
            visitor.Acting(),
            cancel
        );
        return Redirect($"/{phrases.Language}{thread.Path}");
    }
}
