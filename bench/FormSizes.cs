using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Plenaria.Bench;

/// <summary>
/// The answers of a form of sixty questions that five thousand have sent: list, filter and tables, up to the first byte
/// of their answer, and what the program takes of memory while it writes the tables. Twelve times the questions of the
/// sample network's survey, answered as its first answer is.
/// </summary>
internal static class FormSizes
{
    private const string Form = "budgeting-survey",
        Version = "bench";
    private const int Times = 12,
        Answers = 5_000,
        Asked = 25;

    private static readonly Dictionary<string, string> Paths = new()
    {
        ["form-list-p95-ms"] = $"/en/forms/{Form}/answers",
        ["form-filter-p95-ms"] = $"/en/forms/{Form}/answers?a.q1=yes",
        ["form-csv-first-byte-p95-ms"] = $"/en/forms/{Form}/answers.csv",
        ["form-xlsx-first-byte-p95-ms"] = $"/en/forms/{Form}/answers.xlsx",
        ["form-print-first-byte-p95-ms"] = $"/en/forms/{Form}/answers/print",
    };

    private const string Growth = "form-export-growth-mb";

    public static readonly IReadOnlyList<string> Figures = [.. Paths.Keys, Growth];

    public static async Task Measure(string program, Dictionary<string, double> found)
    {
        var data = Directory.CreateTempSubdirectory("plenaria-bench").FullName;
        using (var sample = Serve(program, data))
            sample.WaitFor("Ready.");
        Fill(Path.Combine(data, "plenaria.db"));
        using (var house = Serve(program, data))
        {
            using var staff = new Person(() => house.Address);
            await staff.SignIn(Served.LinksOf("staff", house.WaitFor("Ready."))[0]);
            foreach (var (figure, path) in Paths)
                found[figure] = await ToFirstByte(staff, path);
            var before = house.PeakMegabytes();
            for (var i = 0; i < 5; i++)
                foreach (var path in (string[])["csv", "xlsx"])
                    await staff.Get($"/en/forms/{Form}/answers.{path}");
            found[Growth] = house.PeakMegabytes() - before;
        }
        Directory.Delete(data, recursive: true);
    }

    private static Served Serve(string program, string data) =>
        Served.Start(program, "demo", "--data", data, "--urls", "http://127.0.0.1:0");

    private static async Task<double> ToFirstByte(Person staff, string path)
    {
        var times = new List<double>();
        for (var i = 0; i < Asked; i++)
        {
            var since = Stopwatch.StartNew();
            await using var body = await staff.Open(path);
            await body.ReadExactlyAsync(new byte[1]);
            // The first five only warm the program up.
            if (i >= 5)
                times.Add(since.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        return times[(int)(times.Count * 0.95) - 1];
    }

    private static void Fill(string file)
    {
        using var database = new SqliteConnection($"Data Source={file}");
        database.Open();
        using var all = database.BeginTransaction();
        string Read(string sql) => (string)Command(database, sql).ExecuteScalar()!;
        var form = JsonNode.Parse(Read($"SELECT draft FROM forms_forms WHERE key = '{Form}'"))!;
        form["fields"] = Repeated(form["fields"]!.AsArray());
        Command(database, "INSERT INTO forms_kept (hash, definition) VALUES ($p0, $p1)", Version, form.ToJsonString())
            .ExecuteNonQuery();
        Command(
                database,
                $"UPDATE forms_forms SET draft = $p0, published = '{Version}' WHERE key = '{Form}'",
                form.ToJsonString()
            )
            .ExecuteNonQuery();
        var given = JsonNode.Parse(Read($"SELECT given FROM forms_responses WHERE form = '{Form}'"))!.AsObject();
        var answers = Enumerable
            .Range(0, Times)
            .SelectMany(n => given.Select(g => KeyValuePair.Create(Key(g.Key, n), g.Value?.DeepClone())));
        var text = new JsonObject(answers).ToJsonString();
        for (var i = 0; i < Answers; i++)
            Answer(database, text, i);
        all.Commit();
    }

    private static void Answer(SqliteConnection database, string text, int i)
    {
        var id = Guid.CreateVersion7().ToString().ToUpperInvariant();
        Command(
                database,
                $"""
                INSERT INTO forms_responses
                    (id, form, kept, language, email, created_at, changed_at, sent_at, state, given, version)
                SELECT $p0, form, '{Version}', language, $p1, created_at, changed_at, sent_at + $p2, state, $p3, 0
                FROM forms_responses WHERE form = '{Form}' LIMIT 1
                """,
                id,
                string.Create(CultureInfo.InvariantCulture, $"city{i}@example.org"),
                i * TimeSpan.TicksPerSecond,
                text
            )
            .ExecuteNonQuery();
        for (var n = 0; n < Times; n++)
            Command(
                    database,
                    $"INSERT INTO forms_chosen (response, form, field, value) VALUES ($p0, '{Form}', $p1, $p2)",
                    id,
                    Key("q1", n),
                    i % 2 == 0 ? "yes" : "no"
                )
                .ExecuteNonQuery();
    }

    private static JsonArray Repeated(JsonArray fields)
    {
        var all = new JsonArray();
        for (var n = 0; n < Times; n++)
            foreach (var field in fields)
            {
                var copy = field!.DeepClone();
                copy["key"] = Key((string)copy["key"]!, n);
                // A condition would name the question of the first copy.
                copy.AsObject().Remove("when");
                all.Add(copy);
            }
        return all;
    }

    private static string Key(string key, int n) =>
        n == 0 ? key : string.Create(CultureInfo.InvariantCulture, $"{key}-{n}");

    private static SqliteCommand Command(SqliteConnection database, string sql, params object[] values)
    {
        var command = database.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"$p{i}"), values[i]);
        return command;
    }
}
