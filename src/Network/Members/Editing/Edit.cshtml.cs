using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Editing;

/// <summary>
/// What is known of a member, and its leaving and coming back. Who works for an office reaches no further than its
/// territory.
/// </summary>
[Allow(MembersModule.Edit)]
internal sealed class EditModel(MemberStore members, Territory territory, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    public Member Member { get; private set; } = null!;

    public MemberFields Input { get; set; } = new();

    [BindProperty, PartialDateField]
    public string? On { get; set; }

    [BindProperty, StringLength(Membership.ReasonMaxLength)]
    public string? Reason { get; set; }

    [BindProperty]
    public MemberClass AsWhat { get; set; }

    public object? Stored => Member.Version;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (!await Load(slug, cancel))
            return NotFound();
        Input.Fill(Member, phrases.Language);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["slug"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
        // The form of the membership was refused: the other one is shown as it is stored.
        if (Input.Name is null && ModelState["Input.Name"] is null)
            Input.Fill(Member, phrases.Language);
    }

    public Task<IActionResult> OnPostAsync(
        string slug,
        [FromForm(Name = nameof(Input))] MemberFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        return Change(
            slug,
            input.Version,
            "members.member-edited",
            _ => input.Apply(Member, phrases.Language),
            cancel,
            Countries.Find(input.Country)
        );
    }

    public Task<IActionResult> OnPostLeaveAsync(
        string slug,
        [FromForm(Name = "Input.Version")] int version,
        CancellationToken cancel
    ) =>
        Change(
            slug,
            version,
            "members.member-left",
            _ => Member.Leave(Day() ?? throw new RuleViolationException("members.day-missing"), Reason, members.Today),
            cancel
        );

    public Task<IActionResult> OnPostRejoinAsync(
        string slug,
        [FromForm(Name = "Input.Version")] int version,
        CancellationToken cancel
    ) =>
        Change(
            slug,
            version,
            "members.member-rejoined",
            acting => Member.Join(AsWhat, Day() ?? throw new RuleViolationException("members.day-missing"), acting.At),
            cancel
        );

    private PartialDate? Day() => string.IsNullOrWhiteSpace(On) ? null : PartialDate.Parse(On.Trim());

    private async Task<IActionResult> Change(
        string slug,
        int version,
        string act,
        Action<OperationContext> change,
        CancellationToken cancel,
        string? newCountry = null
    )
    {
        if (!await Load(slug, cancel))
            return NotFound();
        var acting = visitor.Acting();
        if (newCountry is not null)
            await territory.Demand(acting, newCountry, Member.Stream, cancel);
        PlenariaDb.RequireVersion(Member, version);
        await members.Change(Member, act, acting, () => change(acting), cancel);
        return Redirect($"/{phrases.Language}{Member.Path}");
    }

    private async Task<bool> Load(string slug, CancellationToken cancel)
    {
        if (await members.Find(slug, cancel, toEdit: true) is not { } member)
            return false;
        await territory.Demand(visitor.Acting(), member.Country, member.Stream, cancel);
        Member = member;
        return true;
    }
}
