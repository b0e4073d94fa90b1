using System.Security.Cryptography;
using System.Text;

namespace Plenaria.Ballots;

/// <summary>
/// A secret vote while its ballot is open: AES-256-GCM under the ballot's key, with ballot and member as associated
/// data, so that an envelope opens in its own row only. All envelopes have one length.
/// </summary>
internal static class BallotEnvelope
{
    private const int NonceLength = 12,
        AuthenticationLength = 16,
        OptionBytes = 3 * Ballot.OptionMaxLength;
    private const int ContentLength = 1 + Ballot.TrackerMaxLength + 1 + OptionBytes;

    public const int Length = NonceLength + ContentLength + AuthenticationLength;

    public static byte[] Seal(byte[] key, Guid ballot, MemberId member, string option, string tracker)
    {
        var content = new byte[ContentLength];
        content[0] = (byte)Encoding.ASCII.GetBytes(tracker, content.AsSpan(1, Ballot.TrackerMaxLength));
        content[1 + Ballot.TrackerMaxLength] = (byte)
            Encoding.UTF8.GetBytes(option, content.AsSpan(2 + Ballot.TrackerMaxLength));
        var envelope = new byte[Length];
        var nonce = envelope.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(Derive(key, "envelope"), AuthenticationLength);
        var (sealedContent, tag) = (
            envelope.AsMemory(NonceLength, ContentLength),
            envelope.AsMemory(NonceLength + ContentLength)
        );
        cipher.Encrypt(nonce, content, sealedContent.Span, tag.Span, AssociatedData(ballot, member));
        CryptographicOperations.ZeroMemory(content);
        return envelope;
    }

    /// <exception cref="RuleViolationException">It was not sealed with this key for this row.</exception>
    public static (string Option, string Tracker) Open(byte[] key, Guid ballot, MemberId member, byte[] envelope)
    {
        var content = new byte[ContentLength];
        try
        {
            if (envelope.Length != Length)
                throw new RuleViolationException("ballots.envelope");
            using var cipher = new AesGcm(Derive(key, "envelope"), AuthenticationLength);
            var (sealedContent, tag) = (
                envelope.AsMemory(NonceLength, ContentLength),
                envelope.AsMemory(NonceLength + ContentLength)
            );
            cipher.Decrypt(
                envelope.AsSpan(0, NonceLength),
                sealedContent.Span,
                tag.Span,
                content,
                AssociatedData(ballot, member)
            );
            var option = content.AsSpan(2 + Ballot.TrackerMaxLength, content[1 + Ballot.TrackerMaxLength]);
            return (Encoding.UTF8.GetString(option), Encoding.ASCII.GetString(content, 1, content[0]));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new RuleViolationException("ballots.envelope");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>
    /// What makes trackers unique among sealed votes without telling any of them: HMAC-SHA-256 under the ballot's key.
    /// </summary>
    public static byte[] TagOf(byte[] key, string tracker) =>
        HMACSHA256.HashData(Derive(key, "tracker"), Encoding.ASCII.GetBytes(tracker));

    private static byte[] Derive(byte[] key, string purpose) =>
        HKDF.Expand(
            HashAlgorithmName.SHA256,
            key,
            BallotKeyStore.KeyLength,
            Encoding.ASCII.GetBytes($"plenaria ballot {purpose}")
        );

    private static byte[] AssociatedData(Guid ballot, MemberId member) =>
        [.. ballot.ToByteArray(bigEndian: true), .. member.Value.ToByteArray(bigEndian: true)];
}
