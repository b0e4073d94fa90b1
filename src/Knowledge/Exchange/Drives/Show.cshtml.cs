using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;
using Plenaria.Thesaurus;

namespace Plenaria.Exchange.Drives;

/// <summary>A drive: whom it asks, who answered with what and when, who did not.</summary>
[Allow(ExchangeModule.TakePart)]
internal sealed class ShowModel(
    DriveStore drives,
    EntryResolver pointing,
    IMembers members,
    ThesaurusService thesaurus,
    Contributions contributions,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public Drive Drive { get; private set; } = null!;
    public bool Manages { get; private set; }
    public string? Topic { get; private set; }
    public IReadOnlyList<DriveLine> Lines { get; private set; } = [];
    public IReadOnlyList<OfficeLine> Offices { get; private set; } = [];
    public IReadOnlyList<ContributionPage> ContributionPages { get; private set; } = [];
    public IReadOnlyList<LocalizedText> Names { get; private set; } = [];

    public object? Stored => Drive.Version;

    public bool MayAnswer(DriveLine line) =>
        Drive.State == DriveState.Open && (Manages || visitor.Who.Represents.Contains(line.Member.Id));

    public bool IsOwn(DriveLine line) => visitor.Who.Represents.Contains(line.Member.Id);

    // What was typed for a member whose answer was refused.
    public string? TypedWith(DriveLine line) => Typed(line, "with");

    public string? TypedNote(DriveLine line) => Typed(line, "note");

    private string? Typed(DriveLine line, string field) =>
        this.Typed("member") == line.Member.Id.ToString() ? PageSite.Typed(this, field) : null;

    public async Task<IActionResult> OnGetAsync(int number, CancellationToken cancel) =>
        await Load(number, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load(int.Parse((string)RouteData.Values["number"]!, CultureInfo.InvariantCulture), cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public Task<IActionResult> OnPostOpenAsync(int number, int version, CancellationToken cancel) =>
        Act(number, version, acting => drives.Open(Drive, acting, cancel), cancel);

    public Task<IActionResult> OnPostCloseAsync(int number, int version, CancellationToken cancel) =>
        Act(
            number,
            version,
            acting => drives.Change(Drive, "exchange.drive-closed", acting, () => Drive.Close(acting.At), cancel),
            cancel
        );

    public Task<IActionResult> OnPostAskAsync(
        int number,
        Guid? office,
        string? country,
        string? named,
        CancellationToken cancel
    ) =>
        Act(
            number,
            null,
            async acting =>
            {
                DemandDraft();
                var code = string.IsNullOrWhiteSpace(country)
                    ? null
                    : Countries.Find(country)
                        ?? throw new RuleViolationException("members.country-unknown", ("country", country));
                var isEmpty = office is null && code is null && string.IsNullOrWhiteSpace(named);
                var segment = new MemberSegment(office is { } id ? new(id) : null, code, Named: named);
                var chosen = isEmpty
                    ? []
                    : await members.ChooseAsync(segment, ExchangeModule.Drives, phrases.Language, acting, cancel);
                if (await drives.Ask(Drive, chosen, acting, cancel) == 0)
                    throw new RuleViolationException("exchange.drive.none-added");
            },
            cancel
        );

    public Task<IActionResult> OnPostRemoveAsync(int number, Guid member, CancellationToken cancel) =>
        Act(
            number,
            null,
            acting =>
            {
                DemandDraft();
                return drives.Change(
                    Drive,
                    "exchange.drive-members-chosen",
                    acting,
                    () => Drive.Members.RemoveAll(m => m.Member.Value == member),
                    cancel
                );
            },
            cancel
        );

    public Task<IActionResult> OnPostAnswerAsync(
        int number,
        Guid member,
        string? with,
        string? note,
        CancellationToken cancel
    ) =>
        Act(
            number,
            null,
            async acting =>
            {
                var entry = await pointing.Find(with, visitor.Reads, cancel);
                await drives.Answer(Drive, new(member), entry.Reference, Short(note), acting, cancel);
            },
            cancel
        );

    public Task<IActionResult> OnPostNothingAsync(int number, Guid member, string? note, CancellationToken cancel) =>
        Act(number, null, acting => drives.Answer(Drive, new(member), null, Short(note), acting, cancel), cancel);

    public Task<IActionResult> OnPostUndoAsync(int number, Guid member, CancellationToken cancel) =>
        Act(number, null, acting => drives.Undo(Drive, new(member), acting, cancel), cancel);

    private static string? Short(string? note) =>
        string.IsNullOrWhiteSpace(note)
            ? null
            : Folding.Cut(note.ReplaceLineEndings("\n").Trim(), DriveMember.NoteMaxLength);

    private void DemandDraft()
    {
        if (Drive.State != DriveState.Draft)
            throw new RuleViolationException("exchange.drive.not-a-draft");
    }

    private async Task<IActionResult> Act(
        int number,
        int? version,
        Func<OperationContext, Task> act,
        CancellationToken cancel
    )
    {
        if (!await Load(number, cancel))
            return NotFound();
        if (version is { } seen)
            PlenariaDb.RequireVersion(Drive, seen);
        await act(visitor.Acting());
        return Redirect($"/{phrases.Language}{Drive.Path}");
    }

    private async Task<bool> Load(int number, CancellationToken cancel)
    {
        if (await drives.Find(number, cancel, toEdit: true) is not { } drive)
            return false;
        (Drive, Manages) = (drive, DriveStore.Manages(drive, visitor.Acting()));
        if (drive.State == DriveState.Draft && !Manages)
            return false;
        Lines = await drives.Lines(drive, visitor.Reads, phrases.Language, cancel);
        ContributionPages = await contributions.DeclaredAsync<ContributionPage>(cancel);
        Topic = drive.Topic is { } topic ? (await thesaurus.Read(cancel)).Label(topic, phrases.Language) : null;
        if (Manages && drive.State == DriveState.Draft)
        {
            var within = await members.CountriesOf(visitor.Acting(), ExchangeModule.Drives, cancel);
            (Offices, Names) = (await members.Offices(cancel), await members.SuggestAsync(within, cancel));
        }
        return true;
    }
}
