using Plenaria.Imports;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>
/// Subscribers from a table, each with how and when they agreed. Whoever unsubscribed, or had their data deleted, is
/// left out: only they can subscribe again.
/// </summary>
internal sealed class SubscriberImport(PlenariaDb db, Bulk bulk, Journal journal, Accounts accounts, ListStore lists)
    : IImport
{
    public static readonly ImportKind Kind = new(
        "subscribers",
        NewsletterPermission.Write,
        "newsletter.import",
        "newsletter.import.text",
        "newsletter.imported",
        "/newsletter/desk"
    );

    public IReadOnlyList<ImportColumn> Columns { get; } =
    [
        Column(
            "email",
            ["email", "e mail", "mail", "correu", "correu electronic", "correo", "correo electronico", "courriel"],
            isNeeded: true
        ),
        Column(
            "consent",
            ["consent", "agreed", "consentiment", "consentimiento", "consentement", "consentimento"],
            isNeeded: true
        ),
        Column("list", ["list", "lists", "llista", "lista", "liste"], isNeeded: true),
        Column("language", ["language", "llengua", "idioma", "lengua", "langue", "lingua"]),
        Column("agreed-on", ["agreed on", "date", "data", "fecha", "jour"]),
    ];

    public IImportRun Begin(ImportContext context) =>
        new SubscriberImportRun(db, bulk, journal, accounts, lists, context);

    private static ImportColumn Column(string key, string[] headings, bool isNeeded = false) =>
        new(key, $"newsletter.import.column.{key}", headings, isNeeded);
}
