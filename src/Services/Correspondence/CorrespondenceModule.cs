using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Files;
using Plenaria.Platform.FirstSteps;
using Plenaria.Platform.Letters;
using Plenaria.Platform.Modules;

namespace Plenaria.Correspondence;

/// <summary>All mail of the network: what leaves, what comes in, and what comes back.</summary>
public sealed class CorrespondenceModule : IModule
{
    /// <summary>Sees what leaves and what failed, holds it, sends it again.</summary>
    internal const string Manage = "mail.manage";

    public void Declare(ModuleBuilder module) =>
        module
            .AlwaysOn()
            .Services(services =>
                services
                    .AddScoped<Outbox>()
                    .AddScoped<ILetters>(provider => provider.GetRequiredService<Outbox>())
                    .AddScoped<LetterBatches>()
                    .AddScoped<OutboxQueue>()
                    .AddScoped<OutcomeRecorder>()
                    .AddScoped<ExpiredLetters>()
                    .AddScoped<LetterWriter>()
                    .AddScoped<BounceHandler>()
                    .AddScoped<IMailPreferences, SuppressionPreferences>()
                    .AddScoped<DeliveryDesk>()
                    .AddHostedService<OutboxDispatcher>()
            )
            .LetterKind(LetterKind.SignIn, "mail.kind.sign-in", LetterPriority.Urgent)
            .LetterKind(LetterKind.Test, "mail.kind.test", LetterPriority.Urgent)
            .LetterKind(LetterKind.Notice, "mail.kind.notice", LetterPriority.Ordinary)
            .FirstSteps<MailFirstStep>()
            .Permission(Manage, Role.Staff)
            .StaffTool("mail.title", "mail.title.text", "/administration/mail", order: 65, Manage)
            .Files<OutboxMessage>(l => l.Attachments, (_, _, _) => Task.FromResult(false))
            .Job(
                "mail-sweep",
                TimeSpan.FromDays(1),
                (services, cancel) => services.GetRequiredService<ExpiredLetters>().DeleteAsync(cancel)
            )
            .Routes(DeliveryRoutes.Map)
            .CliCommand(MailCommand.Make);
}
