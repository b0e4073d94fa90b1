using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Plenaria.Platform.Data;

/// <summary>
/// SQLite overwrites what is deleted or replaced, so that a name that was erased does not stay in the free space of the
/// file.
/// </summary>
internal sealed class SecureDeletion : DbConnectionInterceptor
{
    private const string Pragma = "PRAGMA secure_delete=ON";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
