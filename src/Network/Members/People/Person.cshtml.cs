using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.People;

/// <summary>
/// One person: how to reach them, what of it is public, and leaving: every role at once, handed over to whom it may
/// concern.
/// </summary>
[Allow(MembersModule.Represent)]
internal sealed class PersonModel(
    PlenariaDb db,
    PeopleStore people,
    RepresentationRights rights,
    MemberPublishing publishing,
    RepresentationService representing,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public Person Person { get; private set; } = null!;
    public IReadOnlyList<(Representation Role, Member Member)> Roles { get; private set; } = [];

    /// <summary>Who could take over, by member.</summary>
    public IReadOnlyDictionary<MemberId, IReadOnlyList<Person>> Successors { get; private set; } =
        new Dictionary<MemberId, IReadOnlyList<Person>>();

    /// <summary>
    /// Whether the visitor keeps this record: it is theirs, they look after one of the members, or the person acts for
    /// none but theirs. Whoever only shares a member with somebody does not see or change what others know of them.
    /// </summary>
    public bool MayEdit { get; private set; }
    public bool IsOneself => Person.IsOf(visitor);
    public bool MaySeeAll => IsOneself || visitor.May(MembersModule.Privacy, Scope.Everywhere);
    private OperationContext _acting = null!;

    public Fields Input { get; private set; } = new();
    public LeavingFields Leaving { get; private set; } = new();

    [BindProperty]
    public int Version { get; set; }
    public object? Stored => Person.Version;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (!await Load(id, cancel))
            return NotFound();
        Version = Person.Version;
        Show();
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load(Guid.Parse((string)RouteData.Values["id"]!), cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
        if (Input.Name is null && ModelState["Input.Name"] is null)
            Show();
    }

    private void Show() =>
        Input = new()
        {
            Name = Person.Name,
            Phone = Person.Phone,
            ShowsName = Person.ShowsName,
            ShowsEmail = Person.ShowsEmail,
            ShowsPhone = Person.ShowsPhone,
            DoNotContact = Person.DoNotContact,
        };

    public async Task<IActionResult> OnPostAsync(
        Guid id,
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await Load(id, cancel))
            return NotFound();
        if (!MayEdit)
            throw new ForbiddenException(MembersModule.Edit);
        PlenariaDb.RequireVersion(Person, Version);
        // The journal keeps what it is told: that a name changed, not the name.
        var (name, phone) = (Person.Name, Person.Phone);
        Person.Call(input.Name!);
        Person.Phone = string.IsNullOrWhiteSpace(input.Phone) ? null : input.Phone.Trim();
        (Person.ShowsName, Person.ShowsEmail, Person.ShowsPhone, Person.DoNotContact) = (
            input.ShowsName,
            input.ShowsEmail && Person.Email is not null,
            input.ShowsPhone && Person.Phone is not null,
            input.DoNotContact
        );
        var (nameChanged, phoneChanged) = (Person.Name != name, Person.Phone != phone);
        var what = new
        {
            nameChanged,
            phoneChanged,
            Person.ShowsName,
            Person.ShowsEmail,
            Person.ShowsPhone,
            Person.DoNotContact,
            byThemselves = IsOneself,
        };
        journal.Append(_acting, Person.Stream, "members.person-edited", null, what);
        await publishing.PublishFor(Person, cancel);
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{Person.Path}");
    }

    public async Task<IActionResult> OnPostLeaveAsync(
        Guid id,
        [FromForm(Name = nameof(Leaving))] LeavingFields leaving,
        CancellationToken cancel
    )
    {
        Leaving = leaving;
        if (!await Load(id, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Person, Version);
        var ended = Roles
            .Where(r => r.Role.IsPresent && leaving.Ended.Contains(r.Role.Id))
            .Select(r =>
                (
                    r.Role,
                    r.Member,
                    Successor: leaving.Next.GetValueOrDefault(r.Role.Id.ToString()) is { } next
                    && Guid.TryParse(next, out var heir)
                    && Successors[r.Member.Id].Any(s => s.Id.Value == heir)
                        ? new PersonId(heir)
                        : (PersonId?)null
                )
            )
            .ToList();
        if (ended.Count == 0)
            throw new RuleViolationException("members.people.nothing-chosen");
        // Whoever acts for a member by the word of others only does not end the roles of those the member confirmed.
        foreach (var member in ended.Select(e => e.Member).DistinctBy(m => m.Id))
            if (
                !IsOneself
                && !await representing.LooksAfter(member, cancel)
                && !await rights.ActsForMemberAsync(member.Id, _acting, cancel)
            )
                throw new ForbiddenException(MembersModule.Represent);
        db.Entry(Person).Property(p => p.Phone).IsModified = true;
        journal.Append(_acting, Person.Stream, "members.role-ended", null, new { roles = ended.Count });
        await people.Leave(Person, ended, PartialDate.Parse(leaving.On!.Trim()), leaving.Reason, _acting, cancel);
        return Redirect($"/{phrases.Language}{ended[0].Member.Path}/people");
    }

    private async Task<bool> Load(Guid id, CancellationToken cancel)
    {
        var key = new PersonId(id);
        if (
            await db.Set<Person>().Include(p => p.Represents).SingleOrDefaultAsync(p => p.Id == key, cancel)
            is not { } person
        )
            return false;
        Person = person;
        var ids = person.Represents.Select(r => r.Member).Distinct().ToList();
        var members = await db.Set<Member>().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
        // Whoever looks at somebody's record acts for one of the members they act for, or is that person.
        OperationContext? acting = MaySeeAll ? visitor.Acting() : null;
        ForbiddenException? refusal = null;
        var reached = new List<Member>();
        foreach (var member in members.Values)
            try
            {
                acting = await representing.For(member, cancel);
                reached.Add(member);
            }
            catch (ForbiddenException fault)
            {
                refusal = fault;
            }
        MayEdit = IsOneself || reached.Count == members.Count;
        foreach (var member in reached)
            MayEdit |= await representing.LooksAfter(member, cancel);
        MayEdit &= !person.IsErased;
        _acting = acting ?? throw refusal ?? new ForbiddenException(MembersModule.Represent);
        Roles =
        [
            .. person
                .Represents.Where(r => reached.Exists(m => m.Id == r.Member))
                .OrderBy(r => r.IsPresent ? 0 : 1)
                .ThenBy(r => r.Role)
                .Select(r => (r, members[r.Member])),
        ];
        var successors = new Dictionary<MemberId, IReadOnlyList<Person>>();
        foreach (var member in reached)
            successors[member.Id] =
            [
                .. (await people.Of(member.Id, cancel))
                    .Where(p => p.Role.IsPresent && p.Person.Id != person.Id)
                    .Select(p => p.Person)
                    .DistinctBy(p => p.Id),
            ];
        Successors = successors;
        return true;
    }

    internal sealed class Fields
    {
        [Required(ErrorMessage = "members.people.name-missing"), StringLength(Person.NameMaxLength)]
        public string? Name { get; set; }

        [StringLength(Person.PhoneMaxLength)]
        public string? Phone { get; set; }
        public bool ShowsName { get; set; }
        public bool ShowsEmail { get; set; }
        public bool ShowsPhone { get; set; }
        public bool DoNotContact { get; set; }
    }

    internal sealed class LeavingFields
    {
        [Required(ErrorMessage = "members.day-missing"), PartialDateField]
        public string? On { get; set; }

        [StringLength(Representation.ReasonMaxLength)]
        public string? Reason { get; set; }
        public List<Guid> Ended { get; set; } = [];
        public Dictionary<string, string?> Next { get; set; } = [];
    }
}
