using System.Data.Common;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using System.Xml;
using Microsoft.AspNetCore.Connections;

namespace Plenaria.Web;

/// <summary>
/// What an operator is told when something outside the program is wrong (an address, a folder, a database, a file), as
/// a text and its arguments. Null for a fault of the program itself, which keeps its stack trace.
/// </summary>
internal static class CommandFaults
{
    public static (string Key, (string Name, object? Value)[] Arguments)? Of(Exception fault) =>
        Innermost(fault) switch
        {
            AddressInUseException inUse => ("cli.address-in-use", [("reason", inUse.Message)]),
            SocketException socket when IsServing(fault) => ("cli.address", [("reason", socket.Message)]),
            ArgumentOutOfRangeException port when IsServing(fault) => ("cli.address", [("reason", port.Message)]),
            FormatException address when IsServing(fault) => ("cli.address", [("reason", address.Message)]),
            InvalidOperationException address when IsServing(fault) => ("cli.address", [("reason", address.Message)]),
            DbException or SocketException or TimeoutException => (
                "cli.database",
                [("reason", Innermost(fault).Message)]
            ),
            InvalidDataException or EndOfStreamException or JsonException or XmlException or CryptographicException => (
                "cli.damaged",
                [("reason", Innermost(fault).Message)]
            ),
            UnauthorizedAccessException or IOException => ("cli.folder", [("reason", Innermost(fault).Message)]),
            _ => null,
        };

    private static Exception Innermost(Exception fault)
    {
        // Kestrel says which address is in use in the outer message, and wraps the reason.
        while (fault is not AddressInUseException && fault.InnerException is { } inner)
            fault = inner;
        return fault;
    }

    // The server's own start, told by where the exception comes from: elsewhere these types mean other things.
    private static bool IsServing(Exception fault)
    {
        for (var at = fault; at is not null; at = at.InnerException)
            if (
                at.StackTrace?.Contains("Microsoft.AspNetCore.Server.Kestrel", StringComparison.Ordinal) == true
                || at.StackTrace?.Contains("Microsoft.AspNetCore.Http.BindingAddress", StringComparison.Ordinal) == true
            )
                return true;
        return false;
    }
}
