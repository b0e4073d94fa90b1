using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Site;

/// <summary>
/// That one form, as it was shown once, was sent with certain answers: stored in the transaction of what it changed, so
/// that a button pressed twice, or a request sent again over a bad line, does its work once. Kept for a day.
/// </summary>
internal sealed class SubmittedForm : INotJournaled
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    /// <summary><see cref="FormKey.IdentityOf"/> of the request.</summary>
    public required string Identity { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Where its answer led, sealed: it may hold a secret link. Null until it was answered.</summary>
    public string? Location { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SubmittedForm>
    {
        public void Configure(EntityTypeBuilder<SubmittedForm> form)
        {
            form.ToTable("site_submitted_forms");
            form.HasKey(f => f.Identity);
            form.Property(f => f.Identity).HasMaxLength(64);
            form.HasIndex(f => f.At);
        }
    }
}
