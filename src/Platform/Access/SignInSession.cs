using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Access;

/// <summary>
/// A browser in which somebody is signed in. The cookie names the row: signing out ends it on the server, so that a
/// copy of the cookie opens nothing, and it ends at <see cref="EndsAt"/> however much it is used.
/// </summary>
internal sealed class SignInSession : INotJournaled
{
    public const int DeviceMaxLength = 60;

    /// <summary>After so long somebody signs in anew, whatever they did meanwhile.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    public required Guid Id { get; init; }
    public required AccountId AccountId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Browser and system as the browser named itself, to tell one's own sessions apart.</summary>
    public required string Device { get; init; }

    /// <summary>"Firefox, Android": the two names a person recognises, of a User-Agent header.</summary>
    public static string DeviceOf(string userAgent)
    {
        // In this order: each names those after it too.
        string[] browsers = ["Edg", "OPR", "Firefox", "Chrome", "Safari"];
        string[] systems = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"];
        string? Named(string[] names) =>
            Array.Find(names, n => userAgent.Contains(n, StringComparison.OrdinalIgnoreCase));
        var browser = Named(browsers) switch
        {
            "Edg" => "Edge",
            "OPR" => "Opera",
            var other => other,
        };
        return string.Join(", ", new[] { browser, Named(systems) }.OfType<string>());
    }

    internal sealed class Mapping : IEntityTypeConfiguration<SignInSession>
    {
        public void Configure(EntityTypeBuilder<SignInSession> session)
        {
            session.ToTable("access_sessions");
            session.Property(s => s.Device).HasMaxLength(DeviceMaxLength);
            session.HasIndex(s => new { s.AccountId, s.EndsAt });
        }
    }
}
