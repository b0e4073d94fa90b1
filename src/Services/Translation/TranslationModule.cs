using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Subjects;
using Plenaria.Platform.Tasks;

namespace Plenaria.Translation;

/// <summary>
/// What is still missing in which language, given to translators, and brought back as text or document.
/// </summary>
public sealed class TranslationModule : IModule
{
    public void Declare(ModuleBuilder module) =>
        DeclareLetters(module)
            .AlwaysOn()
            .Services(services =>
            {
                services.AddScoped<TranslationLetters>().AddScoped<Translations>().AddScoped<TranslationExchange>();
                services.AddSingleton(provider =>
                    TranslationOptions.From(provider.GetRequiredService<IConfiguration>().GetSection("Translation"))
                );
                services.AddHttpClient<IMachineTranslation, LibreTranslate>(http =>
                    http.Timeout = TimeSpan.FromSeconds(60)
                );
            })
            .Tasks<TranslationTasks>()
            .WorkspacePage("translation.door", "/translations", order: 40, Translations.Translate)
            .Permission(Translations.Assign, Role.Staff, Role.Regional, Role.Editor)
            .Permission(Translations.Translate, Role.Staff, Role.Regional, Role.Editor, Role.Translator)
            .StaffTool(
                StaffToolGroup.Content,
                "translation.door",
                "translation.text",
                "/translations",
                order: 18,
                Translations.Assign
            )
            .Owned<TranslationTask>(t => t.Assignee, "translation.records")
            .Authored<TranslationTask>(t => t.AssignedBy, "translation.records.given")
            .Journaled<TranslationTask>("translation", t => t.Stream);

    private static ModuleBuilder DeclareLetters(ModuleBuilder module) =>
        module
            .LetterKind(
                TranslationLetters.Kind,
                "translation.letters",
                "translation.letters.why",
                LetterPriority.Ordinary,
                LetterChoice.Digestible,
                Role.Translator,
                Role.Editor,
                Role.Staff
            )
            .LetterTemplate(
                "translation.assigned",
                "translation.template.assigned",
                "translation.letter.subject",
                "translation.letter.text",
                "translation.letter.due"
            );
}
