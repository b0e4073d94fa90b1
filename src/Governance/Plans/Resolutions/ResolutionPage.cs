using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Resolutions;

/// <summary>What is known of a vote.</summary>
internal enum VoteKnown
{
    Not,
    ByConsensus,
    InFigures,
}

/// <summary>The form of what a session produced, new or known.</summary>
internal abstract class ResolutionPage : PageModel
{
    /// <summary>
    /// The language that is being written in; where it is not the original's, the original stands above each field.
    /// </summary>
    public abstract Language Editing { get; }
    public Resolution? Resolution { get; protected set; }

    [BindProperty]
    public Form Input { get; set; } = new();

    /// <summary>A text that others are translated from; null where this is it.</summary>
    public LocalizedText? OriginalOf(Func<Resolution, LocalizedText> pick) =>
        Resolution is { } known && pick(known) is { Source: { } source } text && source != Editing ? text : null;

    internal sealed class Row : IFormRow, IValidatableObject
    {
        [PartialDateField]
        public string? Date { get; set; }

        [StringLength(Resolution.SessionMaxLength)]
        public string? Source { get; set; }

        public bool IsEmpty => string.IsNullOrWhiteSpace(Date) && string.IsNullOrWhiteSpace(Source);

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (!IsEmpty && string.IsNullOrWhiteSpace(Date))
                yield return new("plans.resolution.date-missing", [nameof(Date)]);
            if (!IsEmpty && string.IsNullOrWhiteSpace(Source))
                yield return new("plans.resolution.source-missing", [nameof(Source)]);
        }
    }

    internal sealed class Form : IValidatableObject
    {
        /// <summary>More dates for one session than this are entered in a second edit.</summary>
        private const int MostRows = 6;

        public int Version { get; set; }
        public Force Force { get; set; } = Force.Decided;

        [StringLength(Resolution.WordingMaxLength)]
        public string? Wording { get; set; }

        [StringLength(Resolution.SessionMaxLength)]
        public string? Session { get; set; }
        public List<Row> Cited { get; set; } = [];
        public VoteKnown VoteKnown { get; set; }

        [Range(0, int.MaxValue)]
        public int? For { get; set; }

        [Range(0, int.MaxValue)]
        public int? Against { get; set; }

        [Range(0, int.MaxValue)]
        public int? Abstentions { get; set; }

        [StringLength(500)]
        public string? Why { get; set; }

        // Methods, because the framework reads every property before it knows whether the fields can be read.
        public List<Citation> Citations() =>
            [
                .. Cited
                    .Where(c => !c.IsEmpty)
                    .Select(c => new Citation(PartialDate.Parse(c.Date!.Trim()), c.Source!.Trim())),
            ];

        public Vote? Vote() =>
            VoteKnown switch
            {
                VoteKnown.ByConsensus => new(null, null, null, ByConsensus: true),
                VoteKnown.InFigures => new(For, Against, Abstentions),
                _ => null,
            };

        public void MakeRoom() => Cited.MakeRoom(1, MostRows);

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (Cited.TrueForAll(c => c.IsEmpty))
                yield return new("plans.resolution.no-date", [$"{nameof(Cited)}[0].{nameof(Row.Date)}"]);
            if (VoteKnown == VoteKnown.InFigures && (For is null || Against is null || Abstentions is null))
                yield return new("plans.resolution.figures-missing", [nameof(VoteKnown)]);
            if (VoteKnown != VoteKnown.InFigures && (For ?? Against ?? Abstentions) is not null)
                yield return new("plans.resolution.figures-not-chosen", [nameof(VoteKnown)]);
        }
    }
}
