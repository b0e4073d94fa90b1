using Plenaria.Members;
using Plenaria.Platform.Confirmation;
using Plenaria.Platform.Language;

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

    /// <summary>Members by name, each leading to its page; no section where there are none.</summary>
    public async Task<IReadOnlyList<ConfirmationSection>> NameAsync(
        string title,
        string text,
        IReadOnlyList<(MemberId Member, LocalizedText Name)> who,
        CancellationToken cancel,
        bool warns = true
    )
    {
        if (who.Count == 0)
            return [];
        var pages = await members.Lines([.. who.Select(w => w.Member)], cancel);
        return
        [
            new(
                title,
                text,
                [
                    .. who.Select(w => new ConfirmationLine(
                            w.Name.For(texts.Language),
                            pages.GetValueOrDefault(w.Member)?.Path
                        ))
                        .OrderBy(line => line.Text, StringComparer.Create(texts.Language.Culture, ignoreCase: true)),
                ],
                warns
            ),
        ];
    }

    private Task<IReadOnlyList<ConfirmationSection>> SectionAsync(
        string title,
        string text,
        IReadOnlyList<Addressee> who,
        CancellationToken cancel
    ) => NameAsync(texts[title], texts[text], [.. who.Select(a => (a.Member, a.Name))], cancel);
}
