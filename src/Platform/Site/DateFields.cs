using System.ComponentModel.DataAnnotations;

namespace Plenaria.Platform.Site;

/// <summary>
/// A field for a date known to the year, the month or the day. Empty is fine: whether it may be is another rule.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PartialDateFieldAttribute : ValidationAttribute
{
    public PartialDateFieldAttribute() => ErrorMessage = "site.date-form";

    public override bool IsValid(object? value) =>
        value is not string text || string.IsNullOrWhiteSpace(text) || PartialDate.TryParse(text.Trim(), out _);
}

/// <summary>
/// A field for a stretch of time: one partial date, or two joined by a slash, in this order; an end may be missing.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PeriodFieldAttribute : ValidationAttribute
{
    public PeriodFieldAttribute() => ErrorMessage = "site.period-form";

    public override bool IsValid(object? value) =>
        value is not string text || string.IsNullOrWhiteSpace(text) || Period.TryParse(text.Trim(), out _);
}
