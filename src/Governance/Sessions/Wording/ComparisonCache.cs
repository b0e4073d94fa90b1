using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Plenaria.Sessions.Wording;

/// <summary>
/// Results of comparing texts, by the hash of what was compared: a page of a motion is asked for by everybody, and
/// texts that are stored do not change. Emptied when it holds too much.
/// </summary>
internal static class ComparisonCache
{
    private const long MostCharacters = 16_000_000;

    private static readonly ConcurrentDictionary<string, object?> Kept = new();
    private static long _characters;

    /// <param name="what">Which comparison it is of.</param>
    /// <param name="size">About how many characters a result holds.</param>
    public static T GetOrAdd<T>(string what, IReadOnlyList<string> texts, Func<T> compare, Func<T, int> size)
    {
        var key = KeyOf(what, texts);
        if (Kept.TryGetValue(key, out var kept))
            return (T)kept!;
        var result = compare();
        if (Interlocked.Add(ref _characters, size(result) + key.Length) > MostCharacters)
        {
            Kept.Clear();
            Interlocked.Exchange(ref _characters, 0);
        }
        Kept.TryAdd(key, result);
        return result;
    }

    private static string KeyOf(string what, IReadOnlyList<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in texts.Prepend(what))
        {
            hash.AppendData(BitConverter.GetBytes(text.Length));
            // UTF-16 as it is: a lone surrogate is told from another.
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(text.AsSpan()));
        }
        return Encoding.Latin1.GetString(hash.GetHashAndReset());
    }
}
