using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Forms;

/// <summary>A form that staff built, and an answer to it, for the pages that show one.</summary>
internal sealed class FormsSample(PlenariaDb db, FormService forms, FormStore store, SystemActor house)
{
    private const string List = "forms.json";

    private sealed record SampleForm(
        FormDefinition Form,
        string Zone,
        IReadOnlyList<FormPhase> Phases,
        IReadOnlyList<SampleResponse> Responses
    );

    private sealed record SampleResponse(
        Guid Id,
        string Email,
        Kernel.Language Language,
        Dictionary<string, List<string>> Answers
    );

    public async Task LoadAsync(SampleFolder folder, CancellationToken cancel)
    {
        if (!folder.Has(List))
            return;
        var acting = house.As("sample");
        foreach (var sample in folder.Read<IReadOnlyList<SampleForm>>(List))
        {
            var form = StoredForm.Begin(sample.Form, acting);
            (form.Zone, form.Phases) = (sample.Zone, [.. sample.Phases]);
            db.Add(form);
            await store.PublishAsync(form, acting, cancel);
            foreach (var response in sample.Responses)
                await forms.Plant(
                    form.Key,
                    response.Email,
                    response.Language,
                    $"sample-{response.Id:N}",
                    response.Answers,
                    acting,
                    cancel,
                    isSent: true,
                    id: response.Id
                );
        }
    }
}
