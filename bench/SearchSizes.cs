using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Plenaria.Bench;

/// <summary>
/// Search over 100,000 practices in five languages, beside SQLite's own full text over the same texts; and how long it
/// takes to take practices over.
/// </summary>
internal static class SearchSizes
{
    private const int Many = 100_000,
        Few = 3_000,
        Words = 20_000,
        Length = 220;
    private static readonly string[] Languages = ["en", "es", "fr", "pt", "ca"],
        Countries = ["France", "Brazil", "Senegal", "Spain"];

    public static readonly IReadOnlyList<string> Figures =
    [
        "cases-import-3000-s",
        "search-rare-to-fts5",
        "search-common-p95-ms",
    ];

    public static async Task Measure(string program, Dictionary<string, double> found)
    {
        var folder = Directory.CreateTempSubdirectory("plenaria-bench").FullName;
        var (few, many, data) = (
            Path.Combine(folder, "few.csv"),
            Path.Combine(folder, "many.csv"),
            Path.Combine(folder, "data")
        );
        await File.WriteAllLinesAsync(few, Rows(Few));
        found["cases-import-3000-s"] = await Import(program, few, Path.Combine(folder, "few"));
        await File.WriteAllLinesAsync(many, Rows(Many));
        await Import(program, many, data);
        await using var peer = Peer(Path.Combine(folder, "peer.db"));
        File.Delete(many);
        using (var house = Served.Start(program, "serve", "--data", data, "--urls", "http://127.0.0.1:0"))
        using (var http = new HttpClient { BaseAddress = house.Address })
        {
            var since = Stopwatch.StartNew();
            while (
                (await http.GetFromJsonAsync<JsonElement>("/api/v1/search?q=w3")).GetProperty("pending").GetInt32() > 0
            )
                await Task.Delay(500);
            Console.WriteLine($"the index of {Many:N0} practices took {since.Elapsed.TotalSeconds:0} s");
            var (ours, theirs, whole, common) = (
                new List<double>(),
                new List<double>(),
                new List<double>(),
                new List<double>()
            );
            var random = new Random(7);
            for (var n = 0; n < 400; n++)
            {
                var (one, other) = (Word(random.Next(4_000, 8_000)), Word(random.Next(4_000, 8_000)));
                var ask = Stopwatch.StartNew();
                using var answer = await http.GetAsync($"/api/v1/search?q={one}+{other}&lang={Languages[n % 5]}");
                whole.Add(ask.Elapsed.TotalMilliseconds);
                var mine = double.Parse(
                    answer.Headers.GetValues("Server-Timing").Single().Split('=')[1],
                    CultureInfo.InvariantCulture
                );
                var start = Stopwatch.StartNew();
                Top(peer, $"{one} {other}");
                // The first hundred only warm both up.
                if (n >= 100)
                {
                    ours.Add(mine);
                    theirs.Add(start.Elapsed.TotalMilliseconds);
                }
            }
            for (var n = 0; n < 320; n++)
            {
                var ask = Stopwatch.StartNew();
                await http.GetByteArrayAsync($"/api/v1/search?q={Word(n % 12)}+{Word(n % 7)}&lang={Languages[n % 5]}");
                if (n >= 100)
                    common.Add(ask.Elapsed.TotalMilliseconds);
            }
            found["search-rare-to-fts5"] =
                ours.Order().ElementAt(ours.Count / 2) / theirs.Order().ElementAt(theirs.Count / 2);
            found["search-common-p95-ms"] = common.Order().ElementAt(common.Count * 95 / 100);
            Console.WriteLine(
                $"rare words: ours {ours.Order().ElementAt(ours.Count / 2):0.00} ms, {whole.Order().ElementAt(whole.Count / 2):0.00} ms over HTTP with texts, FTS5 {theirs.Order().ElementAt(theirs.Count / 2):0.00} ms; common words: median {common.Order().ElementAt(common.Count / 2):0.0} ms, FTS5 {Time(() => Top(peer, $"{Word(0)} {Word(1)}")):0.0} ms"
            );
        }
        Directory.Delete(folder, recursive: true);
    }

    // Some words are in most texts, most in few: as in any language.
    private static string Word(int rank) => "w" + Convert.ToString(rank * 7919 % 100_003, 16);

    private static IEnumerable<string> Text(int row, int words = Length)
    {
        var random = new Random(row);
        for (var i = 0; i < words; i++)
            yield return Word((int)(Math.Pow(random.NextDouble(), 4) * Words));
    }

    /// <summary>Practices as another collection gives them away, with texts of so many words.</summary>
    public static IEnumerable<string> Rows(int size, int words = Length) =>
        Enumerable
            .Range(1, size)
            .Select(i =>
            {
                var text = Text(i, words).ToList();
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{i},case,{string.Join(' ', text.Take(6))},{Countries[i % 4]},Town {i % 500},{Languages[i % 5]},{1990 + i % 35}-01-01 00:00:00,\"{{budgeting,planning}}\",{string.Join(' ', text)}"
                );
            })
            .Prepend("id,type,title,country,city,original_language,start_date,method_types,body");

    /// <summary>Takes practices over; in seconds.</summary>
    public static async Task<double> Import(string program, string file, string data)
    {
        var since = Stopwatch.StartNew();
        using var import = Process.Start(
            new ProcessStartInfo(program, ["experiences", "import", file, "--source", "participedia", "--data", data])
            {
                RedirectStandardOutput = true,
            }
        )!;
        var said = await import.StandardOutput.ReadToEndAsync();
        await import.WaitForExitAsync();
        return import.ExitCode == 0 && said.Contains("0 refused", StringComparison.Ordinal)
            ? since.Elapsed.TotalSeconds
            : throw new InvalidOperationException(
                $"The import ended with {import.ExitCode}: {said[..Math.Min(said.Length, 300)]}"
            );
    }

    private static SqliteConnection Peer(string path)
    {
        var connection = new SqliteConnection($"Data Source={path}");
        connection.Open();
        Run(connection, "PRAGMA journal_mode=WAL; CREATE VIRTUAL TABLE docs USING fts5(title, body)");
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO docs (rowid, title, body) VALUES ($i, $t, $b)";
        var (id, title, body) = (
            insert.Parameters.Add("$i", SqliteType.Integer),
            insert.Parameters.Add("$t", SqliteType.Text),
            insert.Parameters.Add("$b", SqliteType.Text)
        );
        for (var i = 1; i <= Many; i++)
        {
            var text = Text(i).ToList();
            (id.Value, title.Value, body.Value) = (i, string.Join(' ', text.Take(6)), string.Join(' ', text));
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
        return connection;
    }

    private static void Top(SqliteConnection peer, string words)
    {
        using var command = peer.CreateCommand();
        command.CommandText = "SELECT rowid FROM docs WHERE docs MATCH $q ORDER BY bm25(docs) LIMIT 20";
        command.Parameters.AddWithValue("$q", words);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            reader.GetInt64(0);
    }

    private static double Time(Action work)
    {
        var since = Stopwatch.StartNew();
        work();
        return since.Elapsed.TotalMilliseconds;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
