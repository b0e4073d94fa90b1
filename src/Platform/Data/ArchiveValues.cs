using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Plenaria.Platform.Data;

/// <summary>A cell as an archive writes it, the same from either database.</summary>
internal static class ArchiveValues
{
    /// <exception cref="NotSupportedException">The column is of a type that archives do not have.</exception>
    public static ArchiveKind KindOf(IColumn column)
    {
        var mapping = column.PropertyMappings[0];
        var model = Nullable.GetUnderlyingType(mapping.Property.ClrType) ?? mapping.Property.ClrType;
        // An instant is a number on SQLite and a date on PostgreSQL: what it means decides, not how it is kept.
        if (model == typeof(DateTimeOffset))
            return ArchiveKind.Instant;
        var stored = mapping.TypeMapping.Converter?.ProviderClrType ?? mapping.Property.ClrType;
        var type = Nullable.GetUnderlyingType(stored) ?? stored;
        return type == typeof(string) ? ArchiveKind.Text
            : type == typeof(int) || type == typeof(long) ? ArchiveKind.Integer
            : type == typeof(double) ? ArchiveKind.Real
            : type == typeof(bool) ? ArchiveKind.Boolean
            : type == typeof(DateOnly) ? ArchiveKind.Date
            : type == typeof(Guid) ? ArchiveKind.Guid
            : type == typeof(byte[]) ? ArchiveKind.Bytes
            : throw new NotSupportedException($"{column.Table.Name}.{column.Name} is a {type.Name}.");
    }

    public static void Write(Utf8JsonWriter json, ArchiveColumn column, DbDataReader reader, int i, bool isSqlite)
    {
        var name = column.Name;
        switch (column.Kind)
        {
            case ArchiveKind.Instant:
                var at = isSqlite
                    ? new DateTimeOffset(reader.GetInt64(i), TimeSpan.Zero)
                    : new DateTimeOffset(reader.GetFieldValue<DateTime>(i), TimeSpan.Zero);
                json.WriteString(name, at.ToString("O", CultureInfo.InvariantCulture));
                break;
            case ArchiveKind.Bytes:
                json.WriteBase64String(name, reader.GetFieldValue<byte[]>(i));
                break;
            case ArchiveKind.Guid:
                json.WriteString(name, reader.GetGuid(i));
                break;
            case ArchiveKind.Boolean:
                json.WriteBoolean(name, reader.GetBoolean(i));
                break;
            case ArchiveKind.Integer:
                json.WriteNumber(name, reader.GetInt64(i));
                break;
            case ArchiveKind.Real:
                json.WriteNumber(name, reader.GetDouble(i));
                break;
            case ArchiveKind.Date:
                json.WriteString(name, reader.GetFieldValue<DateOnly>(i).ToString("O", CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteString(name, reader.GetString(i));
                break;
        }
    }

    /// <exception cref="FormatException">The cell is not of the kind that its column says.</exception>
    /// <exception cref="InvalidOperationException">The cell is not of the kind that its column says.</exception>
    public static object Read(ArchiveKind kind, JsonElement value, bool isSqlite) =>
        kind switch
        {
            ArchiveKind.Instant => Instant(value, isSqlite),
            ArchiveKind.Bytes => value.GetBytesFromBase64(),
            ArchiveKind.Guid when isSqlite => value.GetGuid().ToString().ToUpperInvariant(),
            ArchiveKind.Guid => value.GetGuid(),
            ArchiveKind.Boolean => value.GetBoolean(),
            ArchiveKind.Integer => value.GetInt64(),
            ArchiveKind.Real => value.GetDouble(),
            ArchiveKind.Date when !isSqlite => DateOnly.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            _ => value.GetString()!,
        };

    private static object Instant(JsonElement value, bool isSqlite)
    {
        var at = DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture);
        return isSqlite ? at.UtcTicks : at.UtcDateTime;
    }
}
