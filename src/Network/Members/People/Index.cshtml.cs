using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members.Outreach;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Members.People;

/// <summary>Who acts for a member, now and before: named by the member itself or by whoever looks after it.</summary>
[Allow(MembersModule.Represent)]
[RequestSizeLimit(FileStore.AtTheDoor), RequestFormLimits(MultipartBodyLengthLimit = FileStore.AtTheDoor)]
internal sealed class IndexModel(
    MemberStore members,
    PeopleStore people,
    OutreachStore outreach,
    RepresentationService representing,
    FileStore files,
    PlenariaDb db,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public Member Member { get; private set; } = null!;
    public IReadOnlyList<(Representation Role, Person Person)> People { get; private set; } = [];
    public IReadOnlyDictionary<string, FileReference> Letters { get; private set; } =
        new Dictionary<string, FileReference>();
    public bool LooksAfter { get; private set; }

    /// <summary>The roles that this visitor may confirm or refuse.</summary>
    public IReadOnlySet<Guid> ToConfirm { get; private set; } = new HashSet<Guid>();

    /// <summary>
    /// What was said with the institution, mail copied to the house included, for whoever looks after it.
    /// </summary>
    public IReadOnlyList<Activity> History { get; private set; } = [];
    private OperationContext _acting = null!;

    public Fields Input { get; private set; } = new();
    public object? Stored => Member.Version;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (!await Load(slug, cancel))
            return NotFound();
        Input = new() { Version = Member.Version, Language = phrases.Language.Code };
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["slug"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(
        string slug,
        [FromForm(Name = nameof(Input))] Fields input,
        IFormFile? letter,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await Load(slug, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Member, input.Version);
        await db.InTransactionAsync(
            async () =>
            {
                var kept = letter is { Length: > 0 } ? (await files.Keep(letter, Audience.Staff, cancel)).Hash : null;
                // The member's version moves, so that of two who name a delegate at once the second is told.
                db.Entry(Member).Property(m => m.Kind).IsModified = true;
                await people.Appoint(
                    Member,
                    new(input.Name!.Trim(), input.Email, Language.Parse(input.Language), input.Role)
                    {
                        Title = input.Title,
                        Phone = string.IsNullOrWhiteSpace(input.Phone) ? null : input.Phone.Trim(),
                        ShowsName = input.ShowsName,
                        Letter = kept,
                        From = string.IsNullOrWhiteSpace(input.From) ? null : PartialDate.Parse(input.From.Trim()),
                    },
                    _acting,
                    cancel
                );
            },
            cancel
        );
        return Redirect($"/{phrases.Language}{Member.Path}/people");
    }

    public async Task<IActionResult> OnPostProveAsync(string slug, Guid role, CancellationToken cancel)
    {
        if (!await Load(slug, cancel))
            return NotFound();
        if (!LooksAfter)
            throw new ForbiddenException(MembersModule.Edit);
        if (
            await db.Set<Representation>().SingleOrDefaultAsync(r => r.Id == role && r.Member == Member.Id, cancel)
            is not { } stored
        )
            return NotFound();
        await people.Prove(stored, Member, _acting, cancel);
        return Redirect($"/{phrases.Language}{Member.Path}/people");
    }

    public Task<IActionResult> OnPostConfirmAsync(string slug, Guid role, CancellationToken cancel) =>
        Decide(slug, role, stored => people.ConfirmAsync(stored, Member, _acting, cancel), cancel);

    public Task<IActionResult> OnPostRefuseAsync(string slug, Guid role, CancellationToken cancel) =>
        Decide(
            slug,
            role,
            stored => people.RefuseAsync(stored, Member, phrases["members.people.refused"], _acting, cancel),
            cancel
        );

    private async Task<IActionResult> Decide(
        string slug,
        Guid role,
        Func<Representation, Task> decide,
        CancellationToken cancel
    )
    {
        if (!await Load(slug, cancel))
            return NotFound();
        var named = db.Set<Representation>().Where(r => r.Id == role && r.Member == Member.Id);
        if (await named.SingleOrDefaultAsync(cancel) is not { } stored)
            return NotFound();
        await decide(stored);
        return Redirect($"/{phrases.Language}{Member.Path}/people");
    }

    private async Task<bool> Load(string slug, CancellationToken cancel)
    {
        if (await members.Find(slug, cancel, toEdit: true) is not { } member)
            return false;
        Member = member;
        _acting = await representing.For(member, cancel);
        LooksAfter = await representing.LooksAfter(member, cancel);
        People = await people.Of(member.Id, cancel);
        if (LooksAfter && _acting.Can(MembersModule.Outreach))
            History = await outreach.HistoryAsync(member.Id, cancel);
        ToConfirm = People
            .Where(p => RepresentationRights.MayConfirm(_acting.Actor.Id, p.Role, p.Person, People))
            .Select(p => p.Role.Id)
            .ToHashSet();
        Letters = await files.Describe([.. People.Select(p => p.Role.Letter).OfType<string>().Distinct()], cancel);
        return true;
    }

    internal sealed class Fields
    {
        public int Version { get; set; }

        [Required(ErrorMessage = "members.people.name-missing"), StringLength(Person.NameMaxLength)]
        public string? Name { get; set; }

        [EmailAddress(ErrorMessage = "access.not-an-address"), StringLength(Person.EmailMaxLength)]
        public string? Email { get; set; }

        [StringLength(Person.PhoneMaxLength)]
        public string? Phone { get; set; }

        [StringLength(Representation.TitleMaxLength)]
        public string? Title { get; set; }
        public RepresentationRole Role { get; set; }

        [RegularExpression("ca|en|es|fr|pt")]
        public string Language { get; set; } = "en";

        [PartialDateField]
        public string? From { get; set; }
        public bool ShowsName { get; set; }
    }
}
