using Plenaria.Ballots.Rules;
using Plenaria.Platform.Bodies;

namespace Plenaria.Sessions;

/// <summary>The rules a session begins with, so that nobody has to write any.</summary>
internal static class Presets
{
    public const string Ordinary = "ordinary",
        Qualified = "qualified";

    /// <summary>Days of notice of a plenary.</summary>
    public const int PlenaryNotice = 15;

    private static readonly Demand MoreForThanAgainst = new()
    {
        Counts = Figure.Yes,
        Of = Figure.YesNo,
        Share = new(1, 2),
        Over = true,
    };

    /// <summary>What a rulebook calls itself; null where it bears no name.</summary>
    public static string? NameFor(this Rulebook rules, Language reader) =>
        rules.Name.GetValueOrDefault(reader.Code) ?? rules.Name.Values.FirstOrDefault();

    public static Rulebook Of(Body? body) =>
        new()
        {
            // More than half at the first call; at the second, whoever came.
            Opening = body is { DecidesForNetwork: true }
                ?
                [
                    [
                        new()
                        {
                            Counts = Figure.Present,
                            Of = Figure.Entitled,
                            Share = new(1, 2),
                            Over = true,
                        },
                    ],
                    [new() { Counts = Figure.Present, AtLeast = 1 }],
                ]
                :
                [
                    [
                        new()
                        {
                            Counts = Figure.Present,
                            AtLeast = 1,
                            WithProxies = false,
                        },
                    ],
                ],
            Proxies = new() { PerHolder = body is { DecidesForNetwork: true } ? 2 : 0 },
            Decisions = new()
            {
                [Ordinary] = new() { Majorities = [MoreForThanAgainst], Tie = Tie.Chair },
                [Qualified] = new()
                {
                    Majorities =
                    [
                        new()
                        {
                            Counts = Figure.Yes,
                            Of = Figure.Valid,
                            Share = new(2, 3),
                        },
                    ],
                },
            },
        };
}
