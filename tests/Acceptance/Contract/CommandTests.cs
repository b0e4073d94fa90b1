using System.Net;
using System.Net.Sockets;

namespace Plenaria.Tests.Acceptance.Contract;

/// <summary>
/// What an operator is told when something outside the program is wrong: a sentence, exit code 1, no stack trace.
/// </summary>
public class CommandTests
{
    private static async Task Refused(string says, string? connectionString, params string[] arguments)
    {
        var (code, _, error) = await Program.Run(arguments, connectionString);
        Assert.True(code == 1, $"{string.Join(' ', arguments)} ended with {code}: {error}");
        Assert.Contains(says, error);
        Assert.DoesNotContain("   at ", error);
        Assert.DoesNotContain("Exception", error);
    }

    [Fact]
    public async Task What_is_wrong_outside_is_said_in_a_sentence()
    {
        var folder = Databases.Folder();
        string In(string name) => Path.Combine(folder.FullName, name);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await Refused(
            "Another program already listens",
            null,
            "serve",
            "--data",
            In("a"),
            "--urls",
            $"http://127.0.0.1:{port}"
        );
        await Refused("cannot listen on this", null, "serve", "--data", In("a"), "--urls", "nonsense");
        await Refused("cannot listen on this", null, "serve", "--data", In("a"), "--urls", "http://127.0.0.1:80x");
        await File.WriteAllTextAsync(In("file"), "no folder");
        await Refused("cannot be read or written", null, "migrate", "--data", Path.Combine(In("file"), "x"));
        await Refused(
            "database does not answer",
            "Host=127.0.0.1;Port=1;Database=x;Timeout=2",
            "migrate",
            "--data",
            In("b")
        );
        Directory.CreateDirectory(In("c"));
        await File.WriteAllBytesAsync(
            In("c/plenaria.db"),
            System.Security.Cryptography.RandomNumberGenerator.GetBytes(9_000)
        );
        await Refused("cannot be read", null, "serve", "--data", In("c"), "--urls", "http://127.0.0.1:0");
        await File.WriteAllTextAsync(In("x.zip"), "no archive");
        await Refused("not an archive", null, "restore", In("x.zip"), "--data", In("d"));
    }

    [Fact]
    public async Task A_demonstration_of_a_network_that_people_work_in_is_refused()
    {
        var folder = Databases.Folder();
        var data = Path.Combine(folder.FullName, "data");
        Assert.Equal(
            0,
            (await Program.Run(["token", "create", "--email", "a@example.net", "--role", "staff", "--data", data])).Code
        );
        await Refused("not created by the sample", null, "demo", "--data", data, "--urls", "http://127.0.0.1:0");
    }

    [Fact]
    public async Task What_the_program_writes_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        var data = Path.Combine(Databases.Folder().FullName, "data");
        Assert.Equal(0, (await Program.Run(["migrate", "--data", data])).Code);
        Assert.Equal(0, (await Program.Run(["backup", Path.Combine(data, "..", "a.zip"), "--data", data])).Code);
        foreach (
            var path in Directory
                .EnumerateFileSystemEntries(data, "*", SearchOption.AllDirectories)
                .Append(data)
                .Append(Path.Combine(data, "..", "a.zip"))
        )
            Assert.Equal(
                (UnixFileMode)0,
                File.GetUnixFileMode(path)
                    & (
                        UnixFileMode.GroupRead
                        | UnixFileMode.GroupWrite
                        | UnixFileMode.OtherRead
                        | UnixFileMode.OtherWrite
                        | UnixFileMode.OtherExecute
                    )
            );
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task Answers_to_a_form_are_written_as_a_table(string format)
    {
        var data = Databases.Folder();
        var connectionString = await Databases.LeaseSample(Provider.Sqlite, data);
        var file = Path.Combine(data.FullName, $"answers.{format}");
        string[] export = ["form", "export", "budgeting-survey", "--format", format, "--data", data.FullName];
        var (code, _, error) = await Program.Run([.. export, "--out", file], connectionString);
        Assert.True(code == 0, error);
        var written = await File.ReadAllBytesAsync(file);
        if (format == "xlsx")
        {
            var rows = MiniExcelLibs.MiniExcel.Query(new MemoryStream(written), useHeaderRow: true).ToList();
            Assert.NotEmpty(rows);
            Assert.True(((IDictionary<string, object?>)rows[0]).Count > 3);
            return;
        }
        var table = System.Text.Encoding.UTF8.GetString(written);
        Assert.Contains("@example.org", table);
        // Without a file it goes where a pipe takes it.
        Assert.Equal(
            table.TrimStart('\ufeff'),
            (await Program.Run(export, connectionString)).Output.TrimStart('\ufeff')
        );
        await Refused("no-such-form", connectionString, "form", "export", "no-such-form", "--data", data.FullName);
    }
}
