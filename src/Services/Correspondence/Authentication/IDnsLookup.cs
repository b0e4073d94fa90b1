using DnsClient;

namespace Plenaria.Correspondence;

/// <summary>Reads what the DNS says.</summary>
internal interface IDnsLookup
{
    /// <summary>The TXT records of a name, each with its strings joined; none where there is no such name.</summary>
    /// <exception cref="DnsFailureException">Nobody answered.</exception>
    Task<IReadOnlyList<string>> ReadTextsAsync(string name, CancellationToken cancel);
}

/// <summary>The DNS could not be asked.</summary>
internal sealed class DnsFailureException(string message, Exception cause) : Exception(message, cause);

/// <summary>Asks the servers that the machine uses.</summary>
internal sealed class DnsLookup : IDnsLookup
{
    private readonly Lazy<LookupClient> _client = new(() =>
        new(
            new LookupClientOptions
            {
                Timeout = TimeSpan.FromSeconds(2),
                Retries = 1,
                // What was changed a moment ago is looked at.
                UseCache = false,
            }
        )
    );

    public async Task<IReadOnlyList<string>> ReadTextsAsync(string name, CancellationToken cancel)
    {
        try
        {
            var answer = await _client.Value.QueryAsync(name, QueryType.TXT, cancellationToken: cancel);
            // That there is none such is an answer too; another error is none.
            if (answer.HasError && answer.Header.ResponseCode != DnsHeaderResponseCode.NotExistentDomain)
                throw new DnsFailureException(answer.ErrorMessage, new DnsResponseException(answer.ErrorMessage));
            return [.. answer.Answers.TxtRecords().Select(r => string.Concat(r.Text))];
        }
        catch (Exception fault) when (fault is DnsResponseException or System.Net.Sockets.SocketException)
        {
            throw new DnsFailureException(fault.Message, fault);
        }
    }
}
