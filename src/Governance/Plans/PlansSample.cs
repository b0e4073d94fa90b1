using Microsoft.Extensions.DependencyInjection;
using Plenaria.Plans.Import;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Site;

namespace Plenaria.Plans;

/// <summary>Reads <c>plans.json</c> of a sample network into the same entities that people fill by hand.</summary>
internal static class PlansSample
{
    private sealed record SampleResolution(
        Reference Reference,
        Force Force,
        LocalizedText Session,
        List<Citation> Citations,
        LocalizedText Wording
    );

    private sealed record SampleDirection(LocalizedText Title, LocalizedText? SecondTitle);

    private sealed record SampleOrigin(
        OriginKind Kind,
        Reference? Resolution,
        LocalizedText? Text,
        PartialDate? Date,
        string? Figure
    );

    private sealed record SampleEvidence(EvidenceKind Kind, string? Target, PartialDate Date, LocalizedText Text);

    private sealed record SampleAction(
        int Direction,
        LocalizedText Title,
        LocalizedText? Text,
        LocalizedText? Purpose,
        OurRole OurRole,
        LocalizedText? Lead,
        List<LocalizedText>? Partners,
        Period? Planned,
        LocalizedText? Place,
        List<string>? Regions,
        LocalizedText? Priority,
        LocalizedText? Condition,
        LocalizedText? Exclusion,
        LocalizedText? OpenList,
        List<Milestone>? Milestones,
        ActionState State,
        List<SampleOrigin>? Origins,
        List<SampleEvidence>? Evidence,
        List<string>? Instruments
    );

    private sealed record SamplePlan(
        int Year,
        Language Language,
        LocalizedText Title,
        LocalizedText? Mandate,
        PartialDate? ApprovedOn,
        List<SampleDirection> Directions,
        List<SampleAction> Actions
    );

    private sealed record SampleImport(Guid Id, int Year, Language Language, string File);

    private sealed record File(List<SampleResolution> Resolutions, List<SamplePlan> Plans, SampleImport Import);

    public static async Task Load(IServiceProvider services, SampleFolder folder, CancellationToken cancel)
    {
        var sample = folder.Read<File>("plans.json");
        var db = services.GetRequiredService<PlenariaDb>();
        var journal = services.GetRequiredService<Journal>();
        var plans = services.GetRequiredService<PlanStore>();
        var acting = services.GetRequiredService<SystemActor>().As("sample");
        var prefix = (await services.GetRequiredService<Network>().Profile(cancel)).Prefix;

        var resolutions = new Dictionary<Reference, Guid>();
        foreach (var given in sample.Resolutions)
        {
            var resolution = new Resolution
            {
                Id = Guid.CreateVersion7(acting.At),
                Reference = given.Reference,
                Force = given.Force,
                Wording = given.Wording,
                Session = given.Session,
                Citations = given.Citations,
            };
            resolutions.Add(given.Reference, resolution.Id);
            db.Add(resolution);
            await plans.Publish(resolution, cancel);
            journal.Append(
                acting,
                resolution.Stream,
                "plans.resolution-recorded",
                resolution.Reference,
                new { wording = resolution.Wording.ToString(), force = resolution.Force.ToString() }
            );
        }
        var offered = await services.GetRequiredService<Bindings>().Offer(Language.English, cancel);
        var approved = new List<(WorkPlan Plan, PartialDate On)>();
        foreach (var given in sample.Plans)
        {
            var plan = new WorkPlan
            {
                Id = Guid.CreateVersion7(acting.At),
                Year = given.Year,
                Reference = Reference.Of(prefix, given.Year),
                Language = given.Language,
                Title = given.Title,
                ValidFor = Period.Of(new PartialDate(given.Year)),
                Preamble = given.Mandate is null ? [] : [new(given.Mandate, IsMandate: true)],
            };
            db.Add(plan);
            plan.Directions.AddRange(
                given.Directions.Select(
                    (d, i) =>
                        new Direction
                        {
                            Id = Guid.CreateVersion7(acting.At),
                            PlanId = plan.Id,
                            Number = i + 1,
                            Title = d.Title,
                            SecondTitle = d.SecondTitle ?? LocalizedText.Empty,
                        }
                )
            );
            journal.Append(
                acting,
                plan.Stream,
                "plans.created",
                plan.Reference,
                new { year = plan.Year, title = plan.Title.ToString() }
            );
            foreach (var action in given.Actions)
            {
                var added = Add(plan, action, resolutions, acting);
                journal.Append(
                    acting,
                    plan.Stream,
                    "plans.action-added",
                    added.Reference,
                    new { title = added.Title.ToString(), state = added.State.ToString() }
                );
                // Bound to all that is offered of these kinds.
                foreach (
                    var (kind, instrument) in (action.Instruments ?? []).SelectMany(k =>
                        offered.Where(o => o.Kind == k)
                    )
                )
                    db.Add(
                        new Binding
                        {
                            Id = Guid.CreateVersion7(acting.At),
                            ActionId = added.Id,
                            Kind = kind,
                            Key = instrument.Key,
                        }
                    );
            }
            await plans.PublishAll(plan, cancel);
            if (given.ApprovedOn is { } day)
                approved.Add((plan, day));
        }
        var source = folder.Bytes(sample.Import.File);
        db.Add(
            new ImportDraft
            {
                Id = sample.Import.Id,
                Year = sample.Import.Year,
                Language = sample.Import.Language,
                SourceName = sample.Import.File,
                Source = source,
                Text = Outline.Write(PlanImport.Read(source)),
                By = acting.Actor.Name,
                CreatedAt = acting.At,
            }
        );
        await db.SaveChangesAsync(cancel);
        var approving = services.GetRequiredService<Approving>();
        foreach (var (plan, on) in approved)
            await approving.Approve(plan, await approving.Propose(plan, on, acting, cancel), on, null, acting, cancel);
        await db.SaveChangesAsync(cancel);
    }

    private static PlanAction Add(
        WorkPlan plan,
        SampleAction given,
        Dictionary<Reference, Guid> resolutions,
        OperationContext acting
    )
    {
        Guid NewId() => Guid.CreateVersion7(acting.At);
        var number = plan.Actions.Count + 1;
        var action = new PlanAction
        {
            Id = NewId(),
            PlanId = plan.Id,
            DirectionId = plan.Directions[given.Direction - 1].Id,
            Number = number,
            Reference = Reference.Of(plan.Reference, $"A{number:00}"),
            Title = given.Title,
            Text = given.Text ?? LocalizedText.Empty,
            Purpose = given.Purpose ?? LocalizedText.Empty,
            OurRole = given.OurRole,
            Lead = given.Lead is null ? null : new(given.Lead),
            Partners = [.. (given.Partners ?? []).Select(p => new ActionParty(p))],
            Planned = given.Planned ?? plan.ValidFor,
            Place = given.Place ?? LocalizedText.Empty,
            Regions = given.Regions ?? [],
            IsPriority = given.Priority is not null,
            PriorityBy = given.Priority ?? LocalizedText.Empty,
            Condition = given.Condition ?? LocalizedText.Empty,
            Exclusion = given.Exclusion ?? LocalizedText.Empty,
            OpenList = given.OpenList ?? LocalizedText.Empty,
            Milestones = given.Milestones ?? [],
        };
        if (given.State != ActionState.NotStarted)
            action.Become(given.State, acting, "");
        action.Origins.AddRange(
            (given.Origins ?? []).Select(o => new ActionOrigin
            {
                Id = NewId(),
                ActionId = action.Id,
                Kind = o.Kind,
                ResolutionId = o.Resolution is { } reference ? resolutions[reference] : null,
                Text = o.Text ?? LocalizedText.Empty,
                Date = o.Date,
                Figure = o.Figure,
            })
        );
        action.Evidence.AddRange(
            (given.Evidence ?? []).Select(e => new Evidence
            {
                Id = NewId(),
                ActionId = action.Id,
                Kind = e.Kind,
                Target = e.Target,
                Date = e.Date,
                Text = e.Text,
                By = acting.Actor.Name,
                AddedAt = acting.At,
            })
        );
        plan.Actions.Add(action);
        return action;
    }
}
