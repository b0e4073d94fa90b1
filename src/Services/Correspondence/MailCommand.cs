using System.CommandLine;
using Plenaria.Platform.Modules;

namespace Plenaria.Correspondence;

/// <summary><c>mail</c>: mail that comes in, what came back, the key of signatures.</summary>
internal static class MailCommand
{
    public static Command Make(CliHost host) =>
        new("mail", "Mail that comes in, what came back, and the key with which letters are signed.")
        {
            InboundMail.MakeCommand(host),
            ClassifyCommand.Make(host),
            DkimKeyCommand.Make(host),
        };
}
