using Microsoft.Extensions.DependencyInjection;
using Plenaria.Comments;
using Plenaria.Plans.Decisions;
using Plenaria.Plans.Follow;
using Plenaria.Plans.Import;
using Plenaria.Plans.Reports;
using Plenaria.Plans.Tracker;
using Plenaria.Platform.Access;
using Plenaria.Platform.Decisions;
using Plenaria.Platform.Files;
using Plenaria.Platform.FirstSteps;
using Plenaria.Platform.Home;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Panels;
using Plenaria.Platform.Register;
using Plenaria.Platform.Sections;
using Plenaria.Platform.Subjects;
using Plenaria.Platform.Tasks;

namespace Plenaria.Plans;

/// <summary>
/// What the members agreed, the year's plan, what came of it, and the report that the plenary votes on.
/// </summary>
public sealed class PlansModule : IModule
{
    internal const string Edit = "plans.edit";

    /// <summary>To comment the actions of a plan.</summary>
    internal const string Comment = "plans.comment";

    public void Declare(ModuleBuilder module) =>
        DeclareStreams(module)
            .Services(services =>
                services
                    .AddScoped<PlanImport>()
                    .AddScoped<IResolutions, ResolutionsApi>()
                    .AddScoped<PlanStore>()
                    .AddScoped<Approving>()
                    .AddScoped<ReportStore>()
                    .AddScoped<ReportBuilder>()
                    .AddScoped<ActionUndo>()
                    .AddScoped<Follow.EvidenceWriter>()
                    .AddScoped<Bindings>()
            )
            .Panels<InstrumentPanel>()
            .Tasks<PlanTasks>()
            .Instruments<DecisionsTaken>()
            .Publishes(PlanStore.PlanKind, PlanStore.ActionKind, PlanStore.ResolutionKind, ReportStore.Kind)
            .Decidable<PlanAdoption>(PlanAdoption.Key, "plans.deciding.adopt-plan")
            .Decidable<ReportAcceptance>(ReportAcceptance.Key, "plans.deciding.accept-report")
            .Decidable<ActionRatification>(ActionRatification.Key, "plans.deciding.ratify")
            .Decidable<ActionCarryOver>(ActionCarryOver.Key, "plans.deciding.carry-over")
            .Decidable<ActionDrop>(ActionDrop.Key, "plans.deciding.drop")
            .Decidable<ActionTransfer>(ActionTransfer.Key, "plans.deciding.transfer")
            .References(PlanStore.ReferenceLetter, PlanStore.ResolutionKind)
            .Tab(SectionKeys.Decisions, "plans.resolutions", "/resolutions", order: 20)
            .Tab(SectionKeys.Decisions, "plans.door", "/plans", order: 30)
            .Tab(SectionKeys.Decisions, "plans.report.all", "/reports", order: 40)
            .FirstSteps<Import.PlansFirstStep>()
            .HomePageFigures<HomeDecisions>()
            .HomePageBlock<HomePromise>("promise", "plans.home.promise", 50, "/Plans/Tracker/_HomePromise.cshtml")
            .KeepsWording()
            .AuthoredByName<StateChange>(c => c.By, "plans.records.steps")
            .AuthoredByName<Evidence>(e => e.By, "plans.records.evidence")
            .AuthoredByName<Erratum>(e => e.By, "plans.records.errata")
            .AuthoredByName<ImportDraft>(d => d.By, "plans.records.drafts")
            .AuthoredByName<PlanAction>(a => a.Responsible, "plans.records.responsible")
            .Permission(Edit, Role.Staff)
            .Permission(Comment, Role.Staff, Role.Regional, Role.Member)
            .Comments<PlanDiscussions>(PlanDiscussions.Kind)
            // What supports an action, and what a closed report says supported it, is for everybody.
            .Files<Evidence>(e => e.Target, (_, _, _) => Task.FromResult(true))
            .Files<AnnualReport>(r => r.Content, (_, _, _) => Task.FromResult(true))
            .CliCommand(ImportVerb.Make)
            .Routes(TrackerRoutes.Map)
            .Routes(ReportRoutes.Map)
            .Check("plans", VersionCheck.Faults)
            .Check("reports", ReportCheck.Faults)
            .Sample(PlansSample.Load)
            .Sample(ReportSample.Load);

    // To which stream of the journal each entity belongs.
    private static ModuleBuilder DeclareStreams(ModuleBuilder module) =>
        module
            .Journaled<WorkPlan>("plan", p => p.Stream)
            .JournaledWith<Direction, WorkPlan>(d => d.PlanId)
            .JournaledWith<PlanVersion, WorkPlan>(v => v.PlanId)
            .JournaledWith<PlanAction, WorkPlan>(a => a.PlanId)
            .JournaledWith<ActionOrigin, PlanAction>(o => o.ActionId)
            .JournaledWith<StateChange, PlanAction>(c => c.ActionId)
            .JournaledWith<Evidence, PlanAction>(e => e.ActionId)
            .JournaledWith<Binding, PlanAction>(b => b.ActionId)
            .Journaled<Resolution>("resolution", r => r.Stream)
            .Journaled<AnnualReport>("report", r => r.Stream)
            .JournaledWith<Assessment, AnnualReport>(a => a.ReportId)
            .JournaledWith<Erratum, AnnualReport>(e => e.ReportId);
}
