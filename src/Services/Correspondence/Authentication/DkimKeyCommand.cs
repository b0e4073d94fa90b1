using System.CommandLine;
using System.Security.Cryptography;
using Plenaria.Platform.Modules;

namespace Plenaria.Correspondence;

/// <summary><c>mail dkim-key FILE</c>: makes a key and prints its record in the DNS. Opens no database.</summary>
internal static class DkimKeyCommand
{
    private const int Bits = 2048,
        // RFC 1035, section 3.3: a string of a TXT record.
        MaxString = 255;

    public static Command Make(CliHost host)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "Where the private key is written (PEM)." };
        var domain = new Option<string>("--domain")
        {
            Description = "The domain of the sender (Mail:Dkim:Domain).",
            Required = true,
        };
        var selector = new Option<string>("--selector")
        {
            Description = "The name of the key (Mail:Dkim:Selector).",
            DefaultValueFactory = _ => "plenaria",
        };
        var make = new Command(
            "dkim-key",
            "Make a key with which letters are signed (DKIM), and print the record that the DNS has to have."
        )
        {
            file,
            domain,
            selector,
        };
        make.SetAction(
            async (parsed, cancel) =>
            {
                var target = parsed.GetValue(file)!;
                if (target.Exists)
                    throw new RuleViolationException("mail.dkim.exists", ("file", target.FullName));
                var record = await WriteAsync(target, cancel);
                Console.WriteLine($"{parsed.GetValue(selector)}._domainkey.{parsed.GetValue(domain)}. IN TXT ( ");
                foreach (var part in record.Chunk(MaxString))
                    Console.WriteLine($"  \"{new string(part)}\"");
                Console.WriteLine(")");
                return 0;
            }
        );
        return make;
    }

    /// <summary>Makes a key that its owner alone may read; what its record has to say.</summary>
    internal static async Task<string> WriteAsync(FileInfo target, CancellationToken cancel)
    {
        using var key = RSA.Create(Bits);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var writer = new StreamWriter(target.FullName, options);
        await writer.WriteLineAsync(key.ExportPkcs8PrivateKeyPem().AsMemory(), cancel);
        return LetterSigner.RecordOf(Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
    }
}
