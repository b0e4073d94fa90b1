using Plenaria.Newsletter.Issues;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Newsletter;

/// <summary>The newsletter of a sample network: one list, an issue that was sent, and a draft.</summary>
internal sealed class NewsletterSample(IssueStore issues, SubscriberStore subscribers, SystemActor system)
{
    private sealed record Sample(LocalizedText List, List<SampleIssue> Issues, List<SampleSubscriber> Subscribers);

    /// <param name="Token">In the links to their pages.</param>
    private sealed record SampleSubscriber(string Email, Language Language, string Token, bool IsConfirmed);

    private sealed record SampleIssue(LocalizedText Title, LocalizedText Body, bool IsSent);

    public async Task LoadAsync(SampleFolder folder, CancellationToken cancel)
    {
        if (!folder.Has("newsletter.json"))
            return;
        var acting = system.As("sample");
        var sample = folder.Read<Sample>("newsletter.json");
        var list = await issues.NewListAsync(sample.List, acting, cancel);
        list.IsPublic = true;
        await issues.WriteListAsync(list, acting, cancel);
        foreach (var described in sample.Subscribers)
            await AddAsync(described, list, acting, cancel);
        foreach (var described in sample.Issues)
        {
            var issue = await issues.NewAsync(list.Id, described.Title, acting, cancel);
            issue.Body = described.Body;
            if (described.IsSent)
            {
                issue.Send(acting.Actor.Id, recipients: 0, acting.At);
                await issues.ArchiveAsync(issue, acting.At, cancel);
            }
            await issues.RecordAsync(
                issue,
                described.IsSent ? "newsletter.sent" : "newsletter.written",
                acting,
                cancel
            );
        }
    }

    private async Task AddAsync(
        SampleSubscriber described,
        MailingList list,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var subscriber = new Subscriber
        {
            Id = Guid.CreateVersion7(acting.At),
            Email = described.Email,
            EmailHash = Subscriber.HashOf(described.Email),
            Language = described.Language,
            Token = described.Token,
        };
        subscriber.Ask(new(described.Language, null, []), [list.Id], from: "", wording: "", acting.At);
        if (described.IsConfirmed)
            subscriber.Confirm(from: "", acting.At);
        await subscribers.AddAsync(subscriber, acting, cancel);
    }
}
