using System.Collections.Frozen;

namespace Plenaria.Correspondence;

/// <summary>What the value of a placeholder is like.</summary>
internal enum PlaceholderKind
{
    Text,
    Link,
    Code,
    Number,
    Day,
}

/// <summary>What is known of a placeholder by its name.</summary>
/// <param name="IsNecessary">Without it the letter is of no use: a changed text keeps it.</param>
/// <param name="ExampleKey">The text that stands for its value in a preview, where that is a text.</param>
internal sealed record Placeholder(PlaceholderKind Kind, bool IsNecessary, string? ExampleKey = null)
{
    private const string Person = "mail.example.person",
        Institution = "mail.example.institution",
        Title = "mail.example.title",
        Words = "mail.example.words";

    private static readonly Placeholder Link = new(PlaceholderKind.Link, true),
        Code = new(PlaceholderKind.Code, true),
        Number = new(PlaceholderKind.Number, false),
        Day = new(PlaceholderKind.Day, false);

    private static readonly FrozenDictionary<string, Placeholder> Known = new Dictionary<string, Placeholder>
    {
        ["link"] = Link,
        ["sign"] = Link,
        ["logo"] = Link,
        ["page"] = Link,
        ["people"] = Link,
        ["details"] = Link,
        ["stop"] = Link,
        ["all"] = Link,
        ["keep"] = Link,
        ["code"] = Code,
        ["root"] = Code,
        ["number"] = Number,
        ["count"] = Number,
        ["minutes"] = Number,
        ["days"] = Number,
        ["version"] = Number,
        ["date"] = Day,
        ["due"] = Day,
        ["until"] = Day,
        ["at"] = Day,
        ["when"] = Day,
        ["network"] = Of(null),
        ["language"] = Of(null),
        ["person"] = Of(Person),
        ["by"] = Of(Person),
        ["from"] = Of(Person),
        ["who"] = Of(Person),
        ["name"] = Of(Person),
        ["institution"] = Of(Institution),
        ["member"] = Of(Institution),
        ["title"] = Of(Title),
        ["session"] = Of(Title),
        ["form"] = Of(Title),
        ["list"] = Of(Title),
        ["role"] = Of("mail.example.role"),
        ["place"] = Of("mail.example.place"),
        ["region"] = Of("mail.example.region"),
        ["agenda"] = Of("mail.example.agenda"),
        ["text"] = Of(Words),
        ["note"] = Of(Words),
        // What the letter is written for.
        ["reason"] = Of(Words, true),
        ["question"] = Of(Words, true),
        ["answer"] = Of(Words, true),
        ["why"] = Of("mail.kind.notice.why", true),
        ["results"] = Of(Title, true),
        ["texts"] = Of(Title, true),
    }.ToFrozenDictionary();

    // Of a name that nobody described it is not known what the reader needs it for: it stays.
    private static readonly Placeholder Unknown = Of(null, true);

    private static Placeholder Of(string? example, bool isNecessary = false) =>
        new(PlaceholderKind.Text, isNecessary, example);

    public static Placeholder Find(string name) => Known.GetValueOrDefault(name, Unknown);
}
