using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Sections;

namespace Plenaria.Thesaurus;

/// <summary>The vocabularies by which records are described and found: schemes, terms, their history, SKOS.</summary>
public sealed class ThesaurusModule : IModule
{
    public void Declare(ModuleBuilder module) =>
        module
            .AlwaysOn()
            .Services(services => services.AddSingleton<ThesaurusService>().AddScoped<ThesaurusEditor>())
            .Tab(SectionKeys.Practices, "thesaurus.title", "/thesaurus", order: 40)
            .Permission(ThesaurusEditor.Manage, Role.Staff)
            .StaffTool(
                StaffToolGroup.Content,
                "thesaurus.title",
                "thesaurus.tool.text",
                "/thesaurus",
                order: 55,
                ThesaurusEditor.Manage
            )
            .Routes(IndexModel.Map)
            .CliCommand(ThesaurusVerb.Make)
            .AfterUpgrade((services, cancel) => services.GetRequiredService<ThesaurusService>().Plant(services, cancel))
            .Journaled<Scheme>(ThesaurusService.Stream)
            .Journaled<Concept>(ThesaurusService.Stream)
            .Journaled<Revision>(ThesaurusService.Stream);
}
