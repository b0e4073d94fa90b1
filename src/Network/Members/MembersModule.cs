using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members.Applications;
using Plenaria.Members.Import;
using Plenaria.Members.Merging;
using Plenaria.Members.Offices;
using Plenaria.Members.Outreach;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Subjects;

namespace Plenaria.Members;

/// <summary>The institutions of the network, who acts for them, and the Secretariat's regional offices.</summary>
public sealed class MembersModule : IModule
{
    internal const string Edit = "members.edit";
    /// <summary>To act for a member: its own people, and whoever looks after it.</summary>
    internal const string Represent = "members.represent";

    public void Declare(ModuleBuilder module) => module
        .Services(services => services.AddScoped<MemberStore>().AddScoped<MemberImport>().AddScoped<Territory>().AddScoped<IInstruments, MembersByRegion>().AddScoped<IScopeSource, OfficeScopes>().AddScoped<IScopeSource, MemberScopes>())
        .Door("members.door", "/members", order: 40)
        .Permission(Edit, Role.Staff, Role.Regional)
        .Permission(Represent, Role.Staff, Role.Regional, Role.Member)
        .Subject<Membership>(m => m.MemberId, SubjectKind.Member)
        .Subject<Member>(m => m.Parent, SubjectKind.Member)
        .Subject<Representation>(r => r.Member, SubjectKind.Member)
        .Subject<Prospect>(p => p.Member, SubjectKind.Member)
        .Subject<Prospect>(p => p.ReferredBy, SubjectKind.Member)
        .Subject<Activity>(a => a.Member, SubjectKind.Member)
        .Subject<Fact>(f => f.Member, SubjectKind.Member)
        .Subject<OfficeHost>(h => h.Member, SubjectKind.Member)
        .Subject<Application>(a => a.Member, SubjectKind.Member)
        .Subject<Suggestion>(s => s.Member, SubjectKind.Member)
        // What a merge says of itself, and of an earlier one, stays.
        .Subject<Member>(m => m.MergedInto, SubjectKind.Member, follows: false)
        .Subject<Merge>(m => m.Kept, SubjectKind.Member, follows: false)
        .Subject<Merge>(m => m.Gone, SubjectKind.Member, follows: false)
        .Subject<Representation>(r => r.Person, SubjectKind.Person)
        .Subject<Activity>(a => a.Person, SubjectKind.Person)
        .Routes(MemberRoutes.Map)
        .Verb(ImportVerb.Make)
        .Check("members", MemberCheck.Faults)
        .AfterUpgrade((services, cancel) => services.GetRequiredService<MemberStore>().Reckon(cancel))
        .Sample(MembersSample.Load);
}
