using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Forms;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Decisions;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Panels;
using Plenaria.Platform.Register;
using Plenaria.Platform.Sections;
using Plenaria.Platform.Tasks;
using Plenaria.Sessions;

namespace Plenaria.ExampleModule;

/// <summary>
/// Fairs at which members show their work: the worked example of <c>CONTRIBUTING.md</c>, in a project of its own. No
/// other file knows of it.
/// </summary>
public sealed class ExampleModule : IModule
{
    internal const string Edit = "fairs.edit";

    /// <summary>Keeps the stands of a fair.</summary>
    internal static readonly Role Steward = new("Steward");

    public void Declare(ModuleBuilder module) =>
        module
            .Services(services => services.AddScoped<FairStore>())
            .Role(Steward)
            .Permission(Edit, Role.Staff, Steward)
            .Journaled<Fair>("fair", f => f.Stream)
            .References(FairStore.ReferenceLetters, FairStore.Kind)
            .Publishes(FairStore.Kind)
            .LetterTemplateOf("fairs.stand", "fairs.template.stand", "fairs.stand.mail")
            .Tab(SectionKeys.News, "fairs.title", "/fairs", order: 70)
            .StaffTool(StaffToolGroup.Content, "fairs.title", "fairs.tool", "/fairs", order: 90, Edit)
            .Body<FairBodies>(FairBodies.Kind, "fairs.body", Steward)
            .SessionRoles(Steward)
            .SessionDecisions<FairDecisions>()
            .Panels<FairPanels>()
            .Tasks<FairTasks>()
            .Form<StandForm>()
            .Decidable<FairApproval>(FairApproval.Key, "fairs.approve");
}
