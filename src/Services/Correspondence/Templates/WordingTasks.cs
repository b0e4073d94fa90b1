using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Platform.Tasks;

namespace Plenaria.Correspondence;

/// <summary>Words of a letter that this version cannot use are for people to mend.</summary>
internal sealed class WordingTasks(WordingOverrides wordings, Contributions contributions, Localizer texts)
    : ITaskSource
{
    public async Task<IReadOnlyList<Waiting>> For(
        CurrentUser visitor,
        Kernel.Language language,
        CancellationToken cancel
    )
    {
        if (!visitor.May(CorrespondenceModule.EditTemplates) || wordings.FindUnusable() is not { Count: > 0 } unusable)
            return [];
        var offered = (await contributions.DeclaredAsync<LetterTemplate>(cancel)).Select(t => t.Key).ToHashSet();
        return
        [
            .. unusable
                .Where(u => offered.Contains(u.Template.Key))
                .Select(u => new Waiting(
                    texts.Get(
                        language,
                        "mail.templates.task",
                        ("letter", texts.Get(language, u.Template.NameKey)),
                        ("language", u.Language.OwnName)
                    ),
                    $"/administration/mail/templates/{u.Template.Key}",
                    null,
                    texts.Get(language, u.Faults.Values.First().Key, u.Faults.Values.First().Arguments)
                )),
        ];
    }
}
