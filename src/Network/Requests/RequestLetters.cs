using Plenaria.Correspondence;
using Plenaria.Forms;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Requests;

/// <summary>The people of members that letters reach.</summary>
/// <param name="Readers">How they get them.</param>
internal sealed record RequestReaders(ILookup<MemberId, AccountAddress> People, LetterReaders Readers);

/// <summary>
/// Letters to the people of members: each in their language, with a link of their own to the one response.
/// </summary>
internal sealed class RequestLetters(
    Accounts accounts,
    Outbox outbox,
    FormService forms,
    Network network,
    Localizer texts,
    TimeProvider time
)
{
    /// <summary>The kind of these letters.</summary>
    public const string Kind = "requests";

    /// <summary>
    /// The people of these members that letters reach: those who refuse mail, or letters of this kind, are left out.
    /// </summary>
    public async Task<RequestReaders> FindPeopleAsync(IReadOnlyCollection<MemberId> members, CancellationToken cancel)
    {
        var found = await accounts.FindHoldersAsync(Role.Member, members, time.GetUtcNow(), cancel);
        var all = found.SelectMany(g => g.Select(person => (Member: g.Key, person))).ToList();
        var readers = await outbox.FindReadersAsync(Kind, all.Select(p => p.person.Email), cancel);
        return new(all.Where(p => readers.Reaches(p.person.Email)).ToLookup(p => p.Member, p => p.person), readers);
    }

    /// <summary>What stands above the form that a member answers.</summary>
    public LocalizedText IntroOf(MemberRequest request, MemberLine member) =>
        LocalizedText.InEvery(
            Language.English,
            language =>
                texts.Get(
                    language,
                    "requests.intro",
                    ("title", request.Title.For(language)),
                    ("member", member.Name.For(language)),
                    ("text", request.Text.For(language)),
                    ("due", PartialDate.On(request.Due).For(language))
                )
        );

    /// <summary>Queues a letter to each person of the member. Saved by the caller.</summary>
    /// <param name="what">The letter's name among the texts.</param>
    public async Task WriteAsync(
        MemberRequest request,
        MemberLine member,
        Guid response,
        RequestReaders readers,
        string what,
        Uri site,
        CancellationToken cancel
    )
    {
        var name = (await network.Profile(cancel)).Name;
        foreach (var person in readers.People[member.Id])
        {
            var (language, path) = (person.Language, $"/{person.Language}/answers/{forms.AddLink(response)}");
            (string, object?)[] values =
            [
                ("network", name.For(language)),
                ("member", member.Name.For(language)),
                ("title", request.Title.For(language)),
                ("text", request.Text.For(language)),
                ("due", PartialDate.On(request.Due).For(language)),
                ("link", new Uri(site, path)),
            ];
            outbox.Queue(
                new(
                    person.Email,
                    language,
                    texts.Get(language, $"requests.mail.{what}.subject", values),
                    texts.Get(language, $"requests.mail.{what}.text", values)
                ),
                readers.Readers
            );
        }
    }
}
