using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Import;

/// <summary>A row that was refused: where, and which rule it breaks, as the key of a text and its values.</summary>
internal sealed record Refusal(int Row, string Column, string Rule, string? Value);

internal sealed record ImportResult(int Taken, int Changed, int Unchanged, IReadOnlyList<Refusal> Refused);

/// <summary>
/// Members from a CSV file with a line of headings, in any order and in any of the five languages. A row is known again
/// by its name and country, so that the same file twice changes nothing. Rows that break a rule are left out and named;
/// the others are stored together, or none.
/// </summary>
internal sealed class MemberImport(PlenariaDb db, MemberStore members, Journal journal)
{
    public const long MaxBytes = 64 << 20;

    private static readonly Dictionary<string, string[]> Headings = new()
    {
        ["name"] = ["name", "institution", "nom", "nombre", "nome", "institucion", "institucio", "instituicao", "membre", "miembro", "member"],
        ["country"] = ["country", "pais", "pays", "code", "codi", "codigo"],
        ["kind"] = ["kind", "type", "tipus", "tipo"],
        ["class"] = ["class", "membership", "classe", "clase"],
        ["city"] = ["city", "ciutat", "ciudad", "ville", "cidade", "town"],
        ["population"] = ["population", "poblacio", "poblacion", "populacao"],
        ["website"] = ["website", "web", "site", "url", "web site", "sitio web", "lloc web", "site web"],
        ["since"] = ["since", "member since", "des de", "desde", "depuis", "joined"],
    };

    private sealed record Row(int Number, string Name, string Country, MemberKind Kind, MemberClass Class, string? City, PopulationClass? Population, string? Website, PartialDate? Since)
    {
        public string Key => $"{Folding.Fold(Name)}/{Country}";
    }

    public async Task<ImportResult> Run(byte[] content, string fileName, bool dryRun, Acting acting, Language language, CancellationToken cancel)
    {
        acting.Demand(MembersModule.Edit, Scope.Everywhere);
        var refused = new List<Refusal>();
        var rows = Read(content, refused);
        ImportResult result = null!;
        await db.Together(async () =>
        {
            var known = (await db.Set<Member>().Include(m => m.Periods).ToListAsync(cancel)).GroupBy(m => $"{Folding.Fold(m.Name.ToString())}/{m.Country}").ToDictionary(g => g.Key, g => g.First());
            var (taken, changed, unchanged) = (0, 0, 0);
            foreach (var row in rows)
            {
                if (!known.TryGetValue(row.Key, out var member))
                {
                    taken++;
                    if (!dryRun)
                        known[row.Key] = await Add(row, language, acting, cancel);
                }
                else if (Same(row, member))
                    unchanged++;
                else
                {
                    changed++;
                    if (!dryRun)
                        await members.Change(member, "members.member-imported", acting, () => Apply(row, member), cancel);
                }
            }
            if (!dryRun && taken + changed > 0)
            {
                journal.Record(acting, "members", "members.imported", null, new { file = fileName, sha256 = Convert.ToHexStringLower(SHA256.HashData(content)), taken, changed, unchanged, refused = refused.Count });
                await db.SaveChangesAsync(cancel);
            }
            result = new(taken, changed, unchanged, refused);
        }, cancel);
        return result;
    }

    private async Task<Member> Add(Row row, Language language, Acting acting, CancellationToken cancel)
    {
        var member = new Member { Id = new(Guid.CreateVersion7(acting.When)), Slug = await members.NewSlug(row.Name, cancel), Kind = row.Kind };
        await members.Change(member, "members.member-imported", acting, () =>
        {
            member.Call(LocalizedText.Original(language, row.Name));
            Apply(row, member);
            member.Join(row.Class, row.Since, acting.When);
        }, cancel);
        return member;
    }

    // What the file does not say stays as it is; dates of membership are changed by hand only.
    private static void Apply(Row row, Member member)
    {
        member.Settle(row.Country);
        member.Kind = row.Kind;
        member.City = row.City ?? member.City;
        member.Population = row.Population ?? member.Population;
        member.Website = row.Website ?? member.Website;
    }

    private static bool Same(Row row, Member member) =>
        row.Kind == member.Kind && (row.City is null || row.City == member.City) && (row.Population is null || row.Population == member.Population) && (row.Website is null || row.Website == member.Website);

    private static List<Row> Read(byte[] content, List<Refusal> refused)
    {
        using var csv = CsvReader.FromText(Decode(content), CsvReaderOptions.Default with
        {
            TrimWhitespace = true, MissingField = CsvMissingFieldHandling.ReturnEmpty, FieldCountMismatch = CsvFieldCountHandling.Allow, TrackLineNumbers = true, MaxRecordSize = 1 << 20,
        });
        var rows = new List<Row>();
        var seen = new HashSet<string>();
        try
        {
            var columns = csv.Headers.Select((heading, i) => (Name: Headings.FirstOrDefault(h => h.Value.Contains(Folding.Fold(heading))).Key, i)).Where(c => c.Name is not null).GroupBy(c => c.Name!).ToDictionary(g => g.Key, g => g.First().i);
            foreach (var needed in (string[])["name", "country"])
                if (!columns.ContainsKey(needed))
                    throw new RuleBroken("members.import.no-column", ("column", needed), ("found", string.Join(", ", csv.Headers)));
            while (csv.Read())
                if (ReadRow((int)csv.LineNumber, column => columns.TryGetValue(column, out var i) && i < csv.FieldCount && csv.GetString(i) is { Length: > 0 } cell ? cell : null, refused) is { } row)
                    if (seen.Add(row.Key))
                        rows.Add(row);
                    else
                        refused.Add(new(row.Number, "name", "members.import.twice", row.Name));
        }
        catch (CsvFormatException fault)
        {
            throw new RuleBroken("members.import.unreadable", ("line", csv.LineNumber), ("reason", fault.GetType().Name));
        }
        return rows;
    }

    private static Row? ReadRow(int number, Func<string, string?> cell, List<Refusal> refused)
    {
        var before = refused.Count;
        void Refuse(string column, string rule) => refused.Add(new(number, column, rule, cell(column) is { Length: > 80 } value ? value[..80] : cell(column)));
        string? Text(string column, int most)
        {
            // An export keeps formulas from running by an apostrophe before them; here it goes again.
            var text = cell(column) is { } c && c.StartsWith('\'') && c.Length > 1 && c[1] is '=' or '+' or '-' or '@' ? cell(column)![1..] : cell(column);
            if (text?.Length > most)
                Refuse(column, "members.import.too-long");
            if (text?.Any(char.IsControl) == true)
                Refuse(column, "site.not-usable");
            return text;
        }
        T? Choice<T>(string column) where T : struct, Enum
        {
            if (cell(column) is not { } text)
                return null;
            var word = Folding.Fold(text).Replace(" ", "", StringComparison.Ordinal);
            foreach (var value in Enum.GetValues<T>())
                if (string.Equals(word, value.ToString(), StringComparison.OrdinalIgnoreCase))
                    return value;
            Refuse(column, "members.import.unknown-choice");
            return null;
        }
        var (name, country) = (Text("name", Member.NameMaxLength), Countries.Find(cell("country")));
        if (name is null)
            Refuse("name", "members.name-missing");
        if (country is null)
            Refuse("country", cell("country") is null ? "members.country-missing" : "members.country-unknown");
        var site = WebAddress.Of(Text("website", Member.WebsiteMaxLength));
        if (cell("website") is not null && site is null)
            Refuse("website", "site.web-address");
        PartialDate? since = null;
        if (cell("since") is { } date)
            if (PartialDate.TryParse(date, out var read))
                since = read;
            else
                Refuse("since", "site.date-form");
        var row = (Kind: Choice<MemberKind>("kind") ?? MemberKind.LocalGovernment, Class: Choice<MemberClass>("class") ?? MemberClass.Associate, City: Text("city", Member.CityMaxLength), Population: Choice<PopulationClass>("population"));
        return refused.Count > before ? null : new(number, name!, country!, row.Kind, row.Class, row.City, row.Population, site, since);
    }

    /// <summary>UTF-8 with or without its mark, UTF-16 with one; what is none of these is taken for the Western code page that spreadsheets write.</summary>
    private static string Decode(byte[] content)
    {
        if (content.AsSpan().StartsWith((byte[])[0xFF, 0xFE]) || content.AsSpan().StartsWith((byte[])[0xFE, 0xFF]))
            return (content[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(content.AsSpan(2));
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(content);
        }
    }
}
