using Microsoft.Extensions.DependencyInjection;
using Plenaria.Ballots.Rules;
using Plenaria.Platform.Jobs;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Subjects;

namespace Plenaria.Ballots;

/// <summary>
/// How bodies decide: rules of quorum and majority as data, rolls, and everyday ballots, named and secret.
/// </summary>
public sealed class BallotsModule : IModule
{
    public void Declare(ModuleBuilder module) =>
        DeclareStreams(module)
            .KeepsWording()
            .Services(services =>
                services
                    .AddSingleton<BallotBox>()
                    .AddSingleton<BallotKeyStore>()
                    .AddScoped<BallotRewriter>()
                    .AddScoped<IBallots, BallotsApi>()
            )
            .AlwaysOn()
            .CliCommand(RulesVerb.Make)
            .Job("ballots-destroy-keys", TimeSpan.FromMinutes(10), BallotKeySweep.RunAsync)
            .AfterUpgrade(BallotRewriter.RewriteAllAsync)
            .Check("ballots", BoxCheck.Faults)
            // A roll and what was voted stay as they were, whoever is merged with whom afterwards.
            .Subject<RollVoice>(v => v.Member, SubjectKind.Member, follows: false)
            .Subject<BallotPaper>(p => p.Member, SubjectKind.Member, follows: false)
            .Kept<BallotPaper>(p => p.CastBy, "ballots.records", "ballots.records.kept");

    // To which stream of the journal each entity belongs.
    private static ModuleBuilder DeclareStreams(ModuleBuilder module) =>
        module
            .Journaled<Ballot>("ballot", b => b.Stream)
            .JournaledWith<RollVoice, Ballot>(v => v.Ballot)
            .JournaledWith<BallotPaper, Ballot>(p => p.Ballot);
}
