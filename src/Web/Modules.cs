using Plenaria.Ballots;
using Plenaria.Comments;
using Plenaria.Correspondence;
using Plenaria.Exchange;
using Plenaria.Experiences;
using Plenaria.Forms;
using Plenaria.Imports;
using Plenaria.Members;
using Plenaria.Newsletter;
using Plenaria.Plans;
using Plenaria.Platform;
using Plenaria.Platform.Modules;
using Plenaria.Publishing;
using Plenaria.Requests;
using Plenaria.Search;
using Plenaria.Sessions;
using Plenaria.Thesaurus;
using Plenaria.Translation;

namespace Plenaria.Web;

/// <summary>What this house consists of: one line per module, lower floors first.</summary>
public static class Modules
{
    public static IReadOnlyList<IModule> All { get; } =
    [
        new PlatformModule(),
        new CorrespondenceModule(),
        new ThesaurusModule(),
        new SearchModule(),
        new TranslationModule(),
        new CommentsModule(),
        new FormsModule(),
        new ImportsModule(),
        new MembersModule(),
        new RequestsModule(),
        new BallotsModule(),
        new PlansModule(),
        new SessionsModule(),
        new ExperiencesModule(),
        new PublishingModule(),
        new ExchangeModule(),
        new NewsletterModule(),
    ];
}
