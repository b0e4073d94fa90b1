using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Subjects;
using Plenaria.Platform.Tasks;

namespace Plenaria.Requests;

/// <summary>Requests to members: a form, the members it is sent to, who answered and who has not.</summary>
public sealed class RequestsModule : IModule
{
    /// <summary>Asks members, sees what they answered, reminds them.</summary>
    internal const string Manage = "requests.manage";

    /// <summary>Answers for the member one represents.</summary>
    internal const string Answer = "requests.answer";

    public void Declare(ModuleBuilder module) =>
        module
            .Services(services =>
                services.AddScoped<RequestStore>().AddScoped<RequestLetters>().AddScoped<RequestsSample>()
            )
            .LetterKind(
                RequestLetters.Kind,
                "requests.letters",
                "requests.letters.why",
                LetterPriority.Ordinary,
                LetterChoice.Optional,
                Role.Member,
                Role.Regional,
                Role.Staff
            )
            .Permission(Manage, Role.Staff, Role.Regional)
            .Permission(Answer, Role.Staff, Role.Regional, Role.Member)
            .StaffTool(StaffToolGroup.Letters, "requests.title", "requests.lead", "/requests", order: 19, Manage)
            .WorkspacePage("requests.mine", "/requests/mine", order: 15, Answer)
            .Tasks<RequestTasks>()
            .LetterTemplateOf("requests.asked", "requests.template.asked", "requests.mail.asked")
            .LetterTemplateOf("requests.reminded", "requests.template.reminded", "requests.mail.reminded")
            .Routes(RequestRoutes.Map)
            .Sample(
                (services, folder, cancel) => services.GetRequiredService<RequestsSample>().LoadAsync(folder, cancel)
            )
            .Authored<MemberRequest>(r => r.By, "requests.records")
            .Subject<RequestedMember>(m => m.Member, SubjectKind.Member)
            .Journaled<MemberRequest>("request", r => r.Stream)
            .JournaledWith<RequestedMember, MemberRequest>(m => m.Request);
}
