using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Plenaria.Platform.Data;

/// <summary>A cell as an archive writes it, the same from either database.</summary>
internal static class ArchiveValues
{
    private static Type Kind(IColumn column)
    {
        var type =
            column.PropertyMappings[0].TypeMapping.Converter?.ProviderClrType
            ?? column.PropertyMappings[0].Property.ClrType;
        var model =
            Nullable.GetUnderlyingType(column.PropertyMappings[0].Property.ClrType)
            ?? column.PropertyMappings[0].Property.ClrType;
        // An instant is a number on SQLite and a date on PostgreSQL: what it means decides, not how it is kept.
        return model == typeof(DateTimeOffset) ? model : Nullable.GetUnderlyingType(type) ?? type;
    }

    public static void Write(Utf8JsonWriter json, IColumn column, DbDataReader reader, int i, bool isSqlite)
    {
        var kind = Kind(column);
        if (kind == typeof(DateTimeOffset))
        {
            var at = isSqlite
                ? new DateTimeOffset(reader.GetInt64(i), TimeSpan.Zero)
                : new DateTimeOffset(reader.GetFieldValue<DateTime>(i), TimeSpan.Zero);
            json.WriteString(column.Name, at.ToString("O", CultureInfo.InvariantCulture));
        }
        else if (kind == typeof(byte[]))
            json.WriteBase64String(column.Name, reader.GetFieldValue<byte[]>(i));
        else if (kind == typeof(Guid))
            json.WriteString(column.Name, reader.GetGuid(i));
        else if (kind == typeof(bool))
            json.WriteBoolean(column.Name, reader.GetBoolean(i));
        else if (kind == typeof(int) || kind == typeof(long))
            json.WriteNumber(column.Name, reader.GetInt64(i));
        else if (kind == typeof(double))
            json.WriteNumber(column.Name, reader.GetDouble(i));
        else if (kind == typeof(DateOnly))
            json.WriteString(
                column.Name,
                reader.GetFieldValue<DateOnly>(i).ToString("O", CultureInfo.InvariantCulture)
            );
        else if (kind == typeof(string))
            json.WriteString(column.Name, reader.GetString(i));
        else
            throw new NotSupportedException($"{column.Table.Name}.{column.Name} is a {kind.Name}.");
    }

    public static object Read(IColumn column, JsonElement value, bool isSqlite)
    {
        var kind = Kind(column);
        // The model of an earlier version knows how a column is kept, not what it means: text where SQLite keeps a
        // number is an instant.
        if (kind == typeof(DateTimeOffset) || kind == typeof(long) && value.ValueKind == JsonValueKind.String)
        {
            var at = DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture);
            return isSqlite ? at.UtcTicks : at.UtcDateTime;
        }
        return kind == typeof(byte[]) ? value.GetBytesFromBase64()
            : kind == typeof(Guid)
                ? isSqlite ? value.GetGuid().ToString().ToUpperInvariant()
                    : value.GetGuid()
            : kind == typeof(bool) ? value.GetBoolean()
            : kind == typeof(int) ? value.GetInt32()
            : kind == typeof(long) ? value.GetInt64()
            : kind == typeof(double) ? value.GetDouble()
            : kind == typeof(DateOnly) && !isSqlite ? DateOnly.Parse(value.GetString()!, CultureInfo.InvariantCulture)
            : value.GetString()!;
    }
}
