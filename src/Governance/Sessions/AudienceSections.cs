using Plenaria.Members;
using Plenaria.Platform.Language;
using Plenaria.Sessions.Confirmation;

namespace Plenaria.Sessions;

/// <summary>Whom letters of a session reach, as a page says it before they are sent.</summary>
internal sealed class AudienceSections(IMembers members, PageLocalizer texts)
{
    public ConfirmationSection Reached(IReadOnlyList<Addressee> all) =>
        new(
            texts["sessions.confirm.reached"],
            texts[
                "sessions.confirm.reached.text",
                ("members", all.Count(a => a.People.Count > 0)),
                ("seats", all.Count),
                ("people", all.Sum(a => a.People.Count))
            ],
            []
        );

    /// <summary>Members that nobody acts for, and those whose people asked not to be written to.</summary>
    public async Task<IReadOnlyList<ConfirmationSection>> UnreachedAsync(
        IReadOnlyList<Addressee> all,
        CancellationToken cancel
    ) =>
        [
            .. await SectionAsync(
                "sessions.confirm.nobody",
                "sessions.confirm.nobody.text",
                [.. all.Where(a => !a.HasPeople)],
                cancel
            ),
            .. await SectionAsync(
                "sessions.confirm.refusing",
                "sessions.confirm.refusing.text",
                [.. all.Where(a => a.HasPeople && a.People.Count == 0)],
                cancel
            ),
        ];

    /// <summary>Members that are written to and that nobody can vote for.</summary>
    public Task<IReadOnlyList<ConfirmationSection>> WithoutDelegateAsync(
        IReadOnlyList<Addressee> without,
        CancellationToken cancel
    ) => SectionAsync("sessions.convene.no-delegate", "sessions.convene.no-delegate.text", without, cancel);

    private async Task<IReadOnlyList<ConfirmationSection>> SectionAsync(
        string title,
        string text,
        IReadOnlyList<Addressee> who,
        CancellationToken cancel
    )
    {
        if (who.Count == 0)
            return [];
        var pages = await members.Lines([.. who.Select(a => a.Member)], cancel);
        return
        [
            new(
                texts[title],
                texts[text],
                [
                    .. who.Select(a => new ConfirmationLine(
                            a.Name.For(texts.Language),
                            pages.GetValueOrDefault(a.Member)?.Path
                        ))
                        .OrderBy(line => line.Text, StringComparer.Create(texts.Language.Culture, ignoreCase: true)),
                ],
                Warns: true
            ),
        ];
    }
}
