using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Files;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Subjects;

namespace Plenaria.Forms;

/// <summary>Forms of all modules: begun with a mailed link, kept while they are filled in, reviewed, sent.</summary>
public sealed class FormsModule : IModule
{
    /// <summary>Builds forms, says when they are open, publishes and closes them.</summary>
    internal const string Build = "forms.build";

    /// <summary>Reads what was sent of forms that staff built.</summary>
    public const string Read = "forms.read";

    public void Declare(ModuleBuilder module) =>
        DeclareTemplates(module)
            .AlwaysOn()
            .Services(services =>
                services
                    .AddScoped<FormService>()
                    .AddScoped<FormStore>()
                    .AddScoped<ResponseReader>()
                    .AddScoped<AnswerFiles>()
                    .AddScoped<FormsSample>()
            )
            .Permission(Build, Role.Staff)
            .Permission(Read, Role.Staff, Role.Auditor)
            .StaffTool(StaffToolGroup.Letters, "forms.build.title", "forms.build.lead", "/forms", order: 20, Build)
            .Routes(ResponseRoutes.Map)
            .Routes(UploadRoutes.Map)
            .CliCommand(FormVerb.Make)
            .Sample((services, folder, cancel) => services.GetRequiredService<FormsSample>().LoadAsync(folder, cancel))
            .AfterUpgrade((services, cancel) => services.GetRequiredService<FormService>().KeepEarlierAsync(cancel))
            .Authored<StoredForm>(f => f.CreatedBy, "forms.records")
            .Journaled<StoredForm>("form-design", f => f.Stream)
            .Journaled<FormResponse>("form", r => r.Stream)
            .JournaledWith<FormReview, FormResponse>(r => r.Response)
            .Files<FormResponse>(
                r => r.Given,
                (response, services, cancel) =>
                    services
                        .GetRequiredService<FormService>()
                        .MayRead(response, services.GetRequiredService<CurrentUser>(), cancel)
            );

    // The letters whose words the network may change.
    private static ModuleBuilder DeclareTemplates(ModuleBuilder module) =>
        module
            .LetterTemplateOf("forms.begun", "forms.template.begun", "forms.mail.begun")
            .LetterTemplateOf("forms.sent", "forms.template.sent", "forms.mail.sent")
            .LetterTemplateOf("forms.reopened", "forms.template.reopened", "forms.mail.reopened")
            .LetterTemplateOf("forms.review", "forms.template.review", "forms.mail.review")
            .LetterTemplateOf("forms.approved", "forms.template.approved", "forms.mail.approved")
            .LetterTemplateOf("forms.commented", "forms.template.commented", "forms.mail.commented")
            .LetterTemplateOf("forms.together", "forms.template.together", "forms.mail.together");
}
