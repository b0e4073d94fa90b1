using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Requests;

/// <summary>A request that was sent to a few members, and one that is being prepared.</summary>
internal sealed class RequestsSample(RequestStore requests, IMembers members, SystemActor house)
{
    private const string List = "requests.json";

    private sealed record SampleRequest(
        LocalizedText Title,
        LocalizedText Text,
        string Form,
        int DaysAhead,
        IReadOnlyList<string> Members,
        bool IsSent
    );

    public async Task LoadAsync(SampleFolder folder, CancellationToken cancel)
    {
        if (!folder.Has(List))
            return;
        var acting = house.As("sample");
        foreach (var sample in folder.Read<IReadOnlyList<SampleRequest>>(List))
        {
            var due = acting.Today.AddDays(sample.DaysAhead);
            var request = await requests.NewAsync(sample.Title, sample.Form, due, acting, cancel);
            request.Text = sample.Text;
            await requests.ChangeAsync(request, "requests.begun", acting, () => { }, cancel);
            var chosen = new List<MemberLine>();
            foreach (var name in sample.Members)
                chosen.Add(
                    await members.Find(name, cancel)
                        ?? throw new InvalidOperationException($"The sample has no member {name}.")
                );
            await requests.AskAsync(request, chosen, acting, cancel);
            if (sample.IsSent)
                await requests.SendAsync(request, new Uri("http://localhost"), acting, cancel);
        }
    }
}
