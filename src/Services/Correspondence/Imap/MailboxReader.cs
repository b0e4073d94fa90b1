using System.Data.Common;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Plenaria.Correspondence;

/// <summary>
/// Reads a mailbox over IMAP. What was taken in moves to another folder; what was refused stays, flagged, for people to
/// look at, and is not read again.
/// </summary>
internal sealed class MailboxReader(
    MailOptions options,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<MailboxReader> log
)
{
    private const int MostAtOnce = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60),
        // Less than the lease of a job: no other process reads the same mailbox meanwhile.
        Longest = TimeSpan.FromMinutes(5);

    public async Task ReadAsync(CancellationToken cancel)
    {
        if (options.Imap is not { } imap)
            return;
        var begun = time.GetTimestamp();
        using var client = new ImapClient { Timeout = (int)Patience.TotalMilliseconds };
        await client.ConnectAsync(imap.Server, imap.Port, imap.Encryption, cancel);
        await client.AuthenticateAsync(imap.User, imap.Password, cancel);
        var folder = await client.GetFolderAsync(imap.Folder, cancel);
        await folder.OpenAsync(FolderAccess.ReadWrite, cancel);
        var found = await folder.SearchAsync(SearchQuery.NotFlagged.And(SearchQuery.NotDeleted), cancel);
        if (found.Count > 0)
        {
            var handled = await GetHandledAsync(client, folder, imap, cancel);
            var sizes = await folder.FetchAsync([.. found.Take(MostAtOnce)], MessageSummaryItems.Size, cancel);
            foreach (var mail in sizes.OrderBy(m => m.UniqueId))
                if (time.GetElapsedTime(begun) < Longest)
                    await TakeAsync(folder, handled, mail, cancel);
        }
        await client.DisconnectAsync(true, cancel);
    }

    private static async Task<IMailFolder> GetHandledAsync(
        ImapClient client,
        IMailFolder folder,
        ImapOptions imap,
        CancellationToken cancel
    )
    {
        try
        {
            return await client.GetFolderAsync(imap.HandledFolder, cancel);
        }
        catch (FolderNotFoundException)
        {
            var root = client.PersonalNamespaces.Count > 0 ? client.GetFolder(client.PersonalNamespaces[0]) : folder;
            return await root.CreateAsync(imap.HandledFolder, isMessageFolder: true, cancel)
                ?? throw new FolderNotFoundException(imap.HandledFolder);
        }
    }

    // Moved once it is stored: a mail that is read twice is kept once.
    private async Task TakeAsync(
        IMailFolder folder,
        IMailFolder handled,
        IMessageSummary mail,
        CancellationToken cancel
    )
    {
        var reason = mail.Size > InboundMail.MaxBytes ? "mail.too-large" : await TryReceiveAsync(folder, mail, cancel);
        if (reason is null)
        {
            await folder.MoveToAsync(mail.UniqueId, handled, cancel);
            return;
        }
        log.LogWarning("The mail {Mail} was not taken in: {Reason}", mail.UniqueId, reason);
        await folder.AddFlagsAsync(mail.UniqueId, MessageFlags.Flagged, silent: true, cancel);
    }

    private async Task<string?> TryReceiveAsync(IMailFolder folder, IMessageSummary mail, CancellationToken cancel)
    {
        try
        {
            await using var content = await folder.GetStreamAsync(mail.UniqueId, cancel);
            await using var scope = scopes.CreateAsyncScope();
            await InboundMail.Receive(content, scope.ServiceProvider, cancel);
            return null;
        }
        catch (RuleViolationException refusal)
        {
            return refusal.Key;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or IOException or DbException))
        {
            // Whatever is wrong with one mail, those behind it are read.
            return fault.Message;
        }
        catch (DbException fault) when (!fault.IsTransient)
        {
            return fault.Message;
        }
    }
}
