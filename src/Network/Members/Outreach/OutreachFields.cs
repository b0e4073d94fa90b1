using System.ComponentModel.DataAnnotations;
using Plenaria.Members.Editing;
using Plenaria.Members.People;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Outreach;

/// <summary>How the network came upon an institution.</summary>
internal abstract class BeginFields
{
    public OutreachSource Source { get; set; } = OutreachSource.Event;

    [StringLength(Prospect.NoteMaxLength)]
    public string? Note { get; set; }

    /// <summary>The address of the member that brought it.</summary>
    [StringLength(Plenaria.Members.Member.NameMaxLength)]
    public string? ReferredBy { get; set; }
}

/// <summary>An institution that nobody knows yet.</summary>
internal sealed class NewProspectFields : BeginFields
{
    [Required(ErrorMessage = "members.name-missing"), StringLength(Member.NameMaxLength)]
    public string? Name { get; set; }

    [Required(ErrorMessage = "members.country-missing"), CountryField]
    public string? Country { get; set; }
    public MemberKind Kind { get; set; }
}

/// <summary>A former member to win back.</summary>
internal sealed class WinBackFields : BeginFields
{
    [Required(ErrorMessage = "members.outreach.which-missing"), StringLength(Plenaria.Members.Member.NameMaxLength)]
    public string? Member { get; set; }
}

/// <summary>A call: one of four buttons, and what there is to add.</summary>
internal sealed class CallFields
{
    [Required]
    public CallOutcome? Outcome { get; set; }

    [StringLength(2_000)]
    public string? Note { get; set; }
}

/// <summary>Anything else that was said or done, and what follows.</summary>
internal sealed class LogFields
{
    public ActivityKind Kind { get; set; } = ActivityKind.Mail;

    [Required(ErrorMessage = "members.outreach.log.text-missing"), StringLength(Activity.TextMaxLength)]
    public string? Text { get; set; }
    public Guid? Person { get; set; }
    public DateOnly? On { get; set; }

    [StringLength(Prospect.StepMaxLength)]
    public string? NextStep { get; set; }
    public DateOnly? NextOn { get; set; }
    public OutreachStage? Stage { get; set; }

    // Left empty, what was planned stays.
    public NextStep? Next() =>
        string.IsNullOrWhiteSpace(NextStep) && NextOn is null
            ? null
            : new(string.IsNullOrWhiteSpace(NextStep) ? null : NextStep.Trim(), NextOn);
}

internal sealed class PlanFields
{
    public Guid? Owner { get; set; }

    [StringLength(Prospect.StepMaxLength)]
    public string? NextStep { get; set; }
    public DateOnly? NextOn { get; set; }

    public NextStep Next() => new(string.IsNullOrWhiteSpace(NextStep) ? null : NextStep.Trim(), NextOn);
}

internal sealed class StageFields
{
    public OutreachStage To { get; set; }
}

internal sealed class ContactFields
{
    [Required(ErrorMessage = "members.outreach.person.name-missing"), StringLength(Person.NameMaxLength)]
    public string? Name { get; set; }

    [StringLength(Representation.TitleMaxLength)]
    public string? Title { get; set; }

    [StringLength(Person.EmailMaxLength), EmailAddress(ErrorMessage = "members.outreach.person.email-form")]
    public string? Email { get; set; }

    [
        StringLength(Person.PhoneMaxLength),
        RegularExpression(@"[+0-9 ()./-]*", ErrorMessage = "members.outreach.person.phone-form")
    ]
    public string? Phone { get; set; }

    [RegularExpression("ca|en|es|fr|pt")]
    public string Language { get; set; } = "en";
}

internal sealed class FactFields
{
    [Required(ErrorMessage = "members.outreach.fact.missing"), StringLength(Fact.FieldMaxLength)]
    public string? Field { get; set; }

    [Required(ErrorMessage = "members.outreach.fact.missing"), StringLength(Fact.ValueMaxLength)]
    public string? Value { get; set; }

    [Required(ErrorMessage = "members.outreach.fact.source-missing"), StringLength(Fact.SourceMaxLength)]
    public string? Source { get; set; }

    [PartialDateField]
    public string? AsOf { get; set; }
    public Confidence Confidence { get; set; } = Confidence.Medium;

    public PartialDate Day(DateOnly today) =>
        string.IsNullOrWhiteSpace(AsOf) ? PartialDate.On(today) : PartialDate.Parse(AsOf.Trim());
}

internal sealed class JoinFields
{
    public MemberClass Class { get; set; }

    [PartialDateField]
    public string? Since { get; set; }

    public PartialDate? Day() => string.IsNullOrWhiteSpace(Since) ? null : PartialDate.Parse(Since.Trim());
}
