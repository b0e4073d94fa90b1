using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;

namespace Plenaria.Members.Merging;

/// <summary>Two records side by side: which is kept, and what it takes over from the other.</summary>
[Allow(MembersModule.Merge)]
internal sealed class CompareModel(MemberStore members, MemberMerge merging, CurrentUser visitor, PageLocalizer phrases)
    : PairModel
{
    public Member? Kept { get; private set; }
    public Member? Gone { get; private set; }

    public override object? Stored => Kept is null || Gone is null ? null : $"{Kept.Version}-{Gone.Version}";

    public override async Task RerenderAsync(CancellationToken cancel)
    {
        Kept = One is null ? null : await members.Find(One, cancel);
        Gone = Other is null ? null : await members.Find(Other, cancel);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await LoadAsCompared(cancel);
        await merging.Run(Kept!.Id, Gone!.Id, [.. Taken.Intersect(MemberMerge.FieldNames)], visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}{Kept.Path}");
    }

    /// <summary>A field as people read it.</summary>
    public string Say(Member member, string field) =>
        field switch
        {
            "name" => member.Name.Wordings.Count() > 1
                ? MemberMerge.Value(MemberMerge.Fields(member), field)!
                : member.Name.ToString(),
            "kind" => phrases.Name("members.kind", member.Kind),
            "country" => Platform.Places.Countries.NameOf(member.Country, phrases.Language),
            "population" => member.Population is { } population ? phrases.Name("members.population", population) : "",
            "election" => member.ElectionOn is { } date ? phrases.Date(date) : "",
            "confirmed" => member.ConfirmedOn is { } date ? phrases.Date(PartialDate.On(date)) : "",
            _ => MemberMerge.Value(MemberMerge.Fields(member), field) ?? "",
        };
}
