using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Tasks;

/// <summary>
/// Something that waits for a person. <paramref name="Path"/> is where it is done, without the language.
/// </summary>
public sealed record Waiting(
    string Title,
    string Path,
    PartialDate? Due,
    string? Comment = null,
    Guid? HandMade = null
);

/// <summary>
/// A module's way to say what waits for somebody. Asked for each view of the workspace: keep it to few queries.
/// </summary>
public interface ITaskSource
{
    Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Kernel.Language language, CancellationToken cancel);
}

/// <summary>A task that a person made by hand, on a record or on none.</summary>
internal sealed class HandTask : IVersioned
{
    public const int TitleMaxLength = 200,
        CommentMaxLength = 2_000;

    public required Guid Id { get; init; }
    public required string Title { get; set; }

    /// <summary>The reference of the record it is about.</summary>
    public Reference? Subject { get; init; }
    public required AccountId Assignee { get; set; }
    public required AccountId CreatedBy { get; init; }
    public PartialDate? Due { get; set; }
    public string? Comment { get; set; }
    public DateTimeOffset? DoneAt { get; set; }
    public int Version { get; set; }

    public string Stream => $"task:{Id}";

    internal sealed class Mapping : IEntityTypeConfiguration<HandTask>
    {
        public void Configure(EntityTypeBuilder<HandTask> task)
        {
            task.ToTable("tasks_hand_made");
            task.Property(t => t.Title).HasMaxLength(TitleMaxLength);
            task.Property(t => t.Comment).HasMaxLength(CommentMaxLength);
            task.HasIndex(t => new { t.Assignee, t.DoneAt });
        }
    }
}

internal sealed class HandTasks(PlenariaDb db) : ITaskSource
{
    public async Task<IReadOnlyList<Waiting>> For(
        CurrentUser visitor,
        Kernel.Language language,
        CancellationToken cancel
    )
    {
        if (visitor.Who.Id is not { } me)
            return [];
        var open = await db.Set<HandTask>()
            .AsNoTracking()
            .Where(t => t.Assignee == me && t.DoneAt == null)
            .ToListAsync(cancel);
        return
        [
            .. open.Select(t => new Waiting(
                t.Title,
                t.Subject is { } subject ? $"/r/{subject}" : "",
                t.Due,
                t.Comment,
                t.Id
            )),
        ];
    }
}
