using System.Security.Cryptography;
using MimeKit;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>
/// The envelope sender of each letter (variable envelope return path): a server that returns the letter says thereby
/// which it was. The token is authenticated: nobody makes one for a letter whose own they have not seen.
/// </summary>
internal sealed class ReturnPath
{
    private const int MacBytes = 10,
        KeyBytes = 32,
        IdBytes = 16,
        // 26 bytes, 5 bits a character.
        TokenLength = 42,
        // RFC 5321, section 4.5.3.1.1.
        MaxLocalPart = 64;

    // Mail servers may change the case of an address.
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    private readonly string? _address;
    private readonly Lazy<byte[]> _key;

    public ReturnPath(MailOptions options, DataFolder data)
    {
        if (options.ReturnPath is { } path)
        {
            _address = MailboxAddress.Parse(path).Address;
            if (_address.LastIndexOf('@') is var at && (at < 1 || at + 1 + TokenLength > MaxLocalPart))
                throw new InvalidOperationException("Mail:ReturnPath is too long: at most 21 characters before the @.");
        }
        _key = new(() => ReadKey(data));
    }

    /// <summary>Where this letter returns to; null when letters return to their sender.</summary>
    public MailboxAddress? For(Guid letter) =>
        _address is { } address && address.LastIndexOf('@') is var at
            ? new(null, $"{address[..at]}+{TokenOf(letter)}{address[at..]}")
            : null;

    /// <summary>The letter that returns to this address; null when it is none of ours, or forged.</summary>
    public Guid? FindLetter(string address)
    {
        if (!IsOurs(address))
            return null;
        var token = address.Substring(address.LastIndexOf('+') + 1, TokenLength).ToLowerInvariant();
        if (Decode(token) is not { } bytes)
            return null;
        var letter = new Guid(bytes.AsSpan(0, IdBytes), bigEndian: true);
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(IdBytes), MacOf(letter)) ? letter : null;
    }

    /// <summary>Whether it has the form of an address to which our letters return.</summary>
    public bool IsOurs(string address)
    {
        if (_address is not { } own)
            return false;
        var (at, plus) = (own.LastIndexOf('@'), address.LastIndexOf('+'));
        return plus == at
            && address.Length == own.Length + 1 + TokenLength
            && string.Equals(
                address[..plus] + address[(plus + 1 + TokenLength)..],
                own,
                StringComparison.OrdinalIgnoreCase
            );
    }

    private string TokenOf(Guid letter)
    {
        Span<byte> bytes = stackalloc byte[IdBytes + MacBytes];
        letter.TryWriteBytes(bytes, bigEndian: true, out _);
        MacOf(letter).CopyTo(bytes[IdBytes..]);
        var token = new char[TokenLength];
        for (var i = 0; i < TokenLength; i++)
            token[i] = Alphabet[BitsAt(bytes, i * 5)];
        return new(token);
    }

    private byte[] MacOf(Guid letter) =>
        HMACSHA256.HashData(_key.Value, letter.ToByteArray(bigEndian: true))[..MacBytes];

    // Five bits; those after the last byte are zero.
    private static int BitsAt(ReadOnlySpan<byte> bytes, int bit)
    {
        var (first, shift) = (bit / 8, bit % 8);
        var pair = bytes[first] << 8 | (first + 1 < bytes.Length ? bytes[first + 1] : 0);
        return pair >> (11 - shift) & 31;
    }

    private static byte[]? Decode(string token)
    {
        var bytes = new byte[IdBytes + MacBytes];
        for (var i = 0; i < TokenLength; i++)
        {
            var value = Alphabet.IndexOf(token[i], StringComparison.Ordinal);
            if (value < 0)
                return null;
            for (var b = 0; b < 5 && i * 5 + b < bytes.Length * 8; b++)
                if ((value >> (4 - b) & 1) == 1)
                    bytes[(i * 5 + b) / 8] |= (byte)(0x80 >> (i * 5 + b) % 8);
        }
        return bytes;
    }

    // Beside the keys of cookies: temporary file and atomic rename, so that of two processes both have the same one.
    private static byte[] ReadKey(DataFolder data)
    {
        var folder = data.Of("keys");
        folder.Create();
        var file = Path.Combine(folder.FullName, "return-path.key");
        if (!File.Exists(file))
        {
            var temporary = $"{file}.{Guid.NewGuid():N}";
            File.WriteAllText(temporary, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
            try
            {
                File.Move(temporary, file);
            }
            catch (IOException) when (File.Exists(file))
            {
                File.Delete(temporary);
            }
        }
        return Convert.FromBase64String(File.ReadAllText(file));
    }
}
