using System.Text;
using Plenaria.Members.People;
using Plenaria.Platform.Places;

namespace Plenaria.Members.Standing;

/// <summary>
/// Cards after RFC 6350 (vCard 4.0): the institution, then the people who are shown, each related to it.
/// </summary>
internal static class VCard
{
    public const string MediaType = "text/vcard; charset=utf-8";

    public static byte[] Write(
        Member member,
        IEnumerable<(Representation Role, Person Person)> people,
        Language reader,
        string site
    )
    {
        var card = new StringBuilder();
        var name = member.Name.For(reader);
        Begin(card, $"urn:uuid:{member.Id}", name, "org");
        Line(card, "ORG", name);
        foreach (var (language, wording) in member.Name.Wordings.Where(w => w.Value.Text != name))
            Line(card, $"FN;LANGUAGE={language}", wording.Text);
        Line(card, "ADR", ["", "", "", member.City ?? "", "", "", Countries.NameOf(member.Country, reader)]);
        foreach (var language in member.Languages)
            Line(card, "LANG", language.Code);
        if (member.Website is { } website)
            Raw(card, $"URL:{website}");
        Raw(card, $"SOURCE:{site}/{reader}{member.Path}.vcf");
        Raw(card, "END:VCARD");
        foreach (var (role, person) in people)
        {
            Begin(card, $"urn:uuid:{person.Id}", person.Name, "individual");
            Line(card, "N", ["", person.Name, "", "", ""]);
            Line(card, "ORG", name);
            if (role.Title is { } title)
                Line(card, "TITLE", title);
            Line(card, "ROLE", role.Role.ToString());
            if (person is { ShowsEmail: true, Email: { } email })
                Line(card, "EMAIL", email);
            if (person is { ShowsPhone: true, Phone: { } phone })
                Line(card, "TEL;VALUE=text", phone);
            Line(card, "LANG", person.Language.Code);
            Raw(card, $"RELATED;TYPE=contact:urn:uuid:{member.Id}");
            Raw(card, "END:VCARD");
        }
        return Encoding.UTF8.GetBytes(card.ToString());
    }

    private static void Begin(StringBuilder card, string uid, string name, string kind)
    {
        Raw(card, "BEGIN:VCARD");
        Raw(card, "VERSION:4.0");
        Raw(card, $"KIND:{kind}");
        Raw(card, $"UID:{uid}");
        Line(card, "FN", name);
    }

    private static void Line(StringBuilder card, string property, params IEnumerable<string> parts) =>
        Raw(card, $"{property}:{string.Join(';', parts.Select(Escape))}");

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\").Replace(",", "\\,").Replace(";", "\\;").ReplaceLineEndings("\\n");

    /// <summary>Lines are folded at 75 octets, never within a character.</summary>
    private static void Raw(StringBuilder card, string line)
    {
        var octets = 0;
        foreach (var rune in line.ReplaceLineEndings(" ").EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > 75)
            {
                card.Append("\r\n ");
                octets = 1;
            }
            card.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        card.Append("\r\n");
    }
}
