using System.CommandLine;
using Plenaria.Platform.Modules;

namespace Plenaria.Correspondence;

/// <summary><c>mail</c>: mail that comes in, and what came back.</summary>
internal static class MailCommand
{
    public static Command Make(CliHost host) =>
        new("mail", "Mail that comes in.") { InboundMail.MakeCommand(host), ClassifyCommand.Make(host) };
}
