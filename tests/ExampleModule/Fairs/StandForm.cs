using Plenaria.Correspondence;
using Plenaria.Forms;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;

namespace Plenaria.ExampleModule;

/// <summary>The form with which somebody asks for a stand at a fair. A letter thanks who sent it.</summary>
internal sealed class StandForm(FairStore fairs, Outbox outbox, Localizer texts) : IFormKind
{
    public string Key => "stand";

    public FormDefinition Define(Localizer t) =>
        new(
            Key,
            t.Everywhere("fairs.stand"),
            t.Everywhere("fairs.stand.intro"),
            [
                new("fair", AnswerType.Text, t.Everywhere("fairs.stand.fair"))
                {
                    IsRequired = true,
                    Visibility = AnswerVisibility.Reviewers,
                },
                new("shows", AnswerType.LongText, t.Everywhere("fairs.stand.shows"))
                {
                    IsRequired = true,
                    Visibility = AnswerVisibility.Reviewers,
                },
            ]
        );

    public async Task<IReadOnlyList<(string Field, RuleViolationException Fault)>> Check(
        Sent sent,
        CancellationToken cancel
    ) => await fairs.FindAsync(sent.Answers.One("fair")!, cancel) is null ? [("fair", new("fairs.unknown"))] : [];

    public async Task Take(Sent sent, OperationContext acting, CancellationToken cancel)
    {
        var fair = (await fairs.FindAsync(sent.Answers.One("fair")!, cancel))!;
        fairs.AddStand(fair, sent.Answers.One("shows")!, acting);
        var title = fair.Title.For(sent.Language);
        outbox.QueueRequested(
            sent.Email,
            sent.Language,
            texts.Get(sent.Language, "fairs.stand.mail.subject", ("title", title)),
            texts.Get(sent.Language, "fairs.stand.mail.text", ("title", title))
        );
    }

    public Task<string> Says(Guid response, Language reader, CancellationToken cancel) =>
        Task.FromResult(texts.Get(reader, "fairs.stand.received"));
}
