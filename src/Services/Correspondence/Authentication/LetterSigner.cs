using System.Security.Cryptography;
using MimeKit;
using MimeKit.Cryptography;

namespace Plenaria.Correspondence;

/// <summary>Signs letters with the key of the network's domain (DKIM, RFC 6376), where one is set.</summary>
internal sealed class LetterSigner
{
    // What is not signed, somebody on the way may change. A field that is absent cannot be added when it is named.
    // Those of the body (Content-…) the signer does not see.
    private static readonly HeaderId[] Fields =
    [
        HeaderId.From,
        HeaderId.To,
        HeaderId.Subject,
        HeaderId.Date,
        HeaderId.MessageId,
        HeaderId.ReplyTo,
        HeaderId.MimeVersion,
        HeaderId.AutoSubmitted,
        HeaderId.ListId,
        HeaderId.ListUnsubscribe,
        HeaderId.ListUnsubscribePost,
    ];

    private readonly string[] _fields = [.. Fields.Select(f => f.ToHeaderName()), LetterWriter.FeedbackId];
    private readonly DkimSigner? _signer;

    /// <exception cref="InvalidOperationException">The key cannot be read.</exception>
    public LetterSigner(MailOptions options)
    {
        if (options.Dkim is not { } dkim)
            return;
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(File.ReadAllText(dkim.KeyFile));
            PublicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
            using var pem = new MemoryStream(System.Text.Encoding.ASCII.GetBytes(key.ExportRSAPrivateKeyPem()));
            _signer = new(pem, dkim.Domain, dkim.Selector)
            {
                HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
                BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
                AgentOrUserIdentifier = $"@{dkim.Domain}",
            };
        }
        catch (Exception fault)
            when (fault is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
            throw new InvalidOperationException($"Mail:Dkim:KeyFile cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>The public half of the key, as its record in the DNS has it.</summary>
    public string? PublicKey { get; }

    /// <summary>What a record in the DNS says of a public key.</summary>
    public static string RecordOf(string publicKey) => $"v=DKIM1; k=rsa; p={publicKey}";

    public void Sign(MimeMessage message)
    {
        if (_signer is null)
            return;
        // What servers on the way encode anew would no longer be what was signed.
        message.Prepare(EncodingConstraint.SevenBit);
        _signer.Sign(message, _fields);
    }
}
