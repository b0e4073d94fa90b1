using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.People;

/// <summary>Erasing a person: what goes and what stays, said before it is done.</summary>
[Allow(MembersModule.Privacy)]
internal sealed class EraseModel(PlenariaDb db, Privacy privacy, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    public Person? Person { get; private set; }

    /// <summary>What becomes of the records that name the person's account, by kind.</summary>
    public IReadOnlyList<AccountRecordCount> Counts { get; private set; } = [];
    public Fields Input { get; private set; } = new();
    public object? Stored => Person?.Version;

    [BindProperty(SupportsGet = true, Name = "person")]
    public Guid Id { get; set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await RerenderAsync(cancel);
        Input = new() { Version = Person?.Version ?? 0 };
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        var key = new PersonId(Id);
        Person = await db.Set<Person>().Include(p => p.Represents).SingleOrDefaultAsync(p => p.Id == key, cancel);
        if (Person is { IsErased: false })
            Counts = await privacy.CountAsync(Person, cancel);
    }

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        await RerenderAsync(cancel);
        if (Person is null)
            return NotFound();
        if (!input.Confirmed)
            throw new RuleViolationException("members.people.erase.not-confirmed");
        PlenariaDb.RequireVersion(Person, input.Version);
        await privacy.Erase(Person, visitor.Acting(input.Reason!.Trim()), cancel);
        return Redirect($"/{phrases.Language}{Person.Path}");
    }

    internal sealed class Fields
    {
        public int Version { get; set; }
        public bool Confirmed { get; set; }

        [Required(ErrorMessage = "site.missing"), StringLength(Representation.ReasonMaxLength)]
        public string? Reason { get; set; }
    }
}
