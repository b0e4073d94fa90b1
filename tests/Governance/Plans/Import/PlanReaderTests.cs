using CsCheck;
using Plenaria.Plans.Import;

namespace Plenaria.Tests.Governance.Plans.Import;

public class PlanReaderTests
{
    private static PlanDraft Read(string text) =>
        PlanReader.Read(SourceReader.Read(System.Text.Encoding.UTF8.GetBytes(text)));

    private static string[] Shape(PlanDraft draft) =>
        [.. draft.Directions.Select(d => $"{d.Title.Text}: {string.Join(", ", d.Actions.Select(a => a.Title.Text))}")];

    [Fact]
    public void Headings_in_capitals_and_items_with_a_bold_lead()
    {
        var draft = Read(
            """
            ANNUAL PLAN OF THE SECRETARIAT 2030:

            The plan follows what the members agreed.

            Following the mandate to be a reference, we work along two lines:

            - ✓ ENCOURAGE THE SHARING OF KNOWLEDGE
            - ✓ MAKE THE NETWORK LARGER

            SHARING OF KNOWLEDGE

            - **2ND MEETING.** It is held in spring. Starting from the idea that the

            members know best, they decide.

            Nobody pays for it.

            - **STUDY WITH A UNIVERSITY.**

            LARGER NETWORK

            - **NEW MEMBERS.** Ten of them.
            """
        );
        Assert.Equal("ANNUAL PLAN OF THE SECRETARIAT 2030", draft.Title!.Text);
        Assert.Equal(
            ["SHARING OF KNOWLEDGE: 2ND MEETING, STUDY WITH A UNIVERSITY", "LARGER NETWORK: NEW MEMBERS"],
            Shape(draft)
        );
        Assert.Equal(
            ["ENCOURAGE THE SHARING OF KNOWLEDGE", "MAKE THE NETWORK LARGER"],
            draft.Directions.Select(d => d.SummaryTitle?.Text)
        );
        Assert.Equal(
            "It is held in spring. Starting from the idea that the members know best, they decide.\n\nNobody pays for it.",
            DryRun.Text(draft.Directions[0].Actions[0].Text)
        );
        Assert.Equal([false, true], draft.Preamble.Select(p => p.IsMandate));
        Assert.Empty(draft.NotUnderstood);
    }

    [Fact]
    public void Markdown_headings_at_two_levels()
    {
        var draft = Read(
            """
            # Plan

            ## Introduction

            Some words.

            ## Knowledge

            ### Conference

            In July.

            - one
            - two

            ### Award

            ## Growth

            ### Offices

            ## Annex

            Only words.
            """
        );
        Assert.Equal(["Knowledge: Conference, Award", "Growth: Offices"], Shape(draft));
        Assert.Equal(["Introduction", "Some words."], draft.Preamble.Select(p => p.Text));
        Assert.Equal(["Annex", "Only words."], draft.NotUnderstood.Select(p => p.Text));
        Assert.Equal("In July.\n\n- one\n\n- two", DryRun.Text(draft.Directions[0].Actions[0].Text));
    }

    [Fact]
    public void Numbered_headings_after_a_table_of_contents()
    {
        var draft = Read(
            """
            Work programme

            1. Knowledge
            2. Growth

            1. KNOWLEDGE

            1.1 Conference. It takes place in July and everybody comes.
            1.2 Award

            2. GROWTH

            2.1 Offices
            2.2 Contacts
            """
        );
        Assert.Equal(["KNOWLEDGE: Conference, Award", "GROWTH: Offices, Contacts"], Shape(draft));
        Assert.Empty(draft.NotUnderstood);
    }

    [Fact]
    public void Worded_headings_and_bold_lines()
    {
        var draft = Read(
            """
            **Plan de acción**

            Eje 1: Conocimiento

            **Conferencia**

            Se celebra en julio.

            **Premio**

            Eje 2: Crecimiento

            **Oficinas**
            """
        );
        Assert.Equal(["Eje 1: Conocimiento: Conferencia, Premio", "Eje 2: Crecimiento: Oficinas"], Shape(draft));
    }

    [Fact]
    public void A_table_with_a_column_for_directions()
    {
        var draft = Read(
            """
            # Plan

            | Eje | Acción | Plazo |
            |---|---|---|
            | Conocimiento | Conferencia | julio |
            | | Premio | mayo |
            | Crecimiento | Oficinas | |
            | | | sin nombre |
            """
        );
        Assert.Equal(["Conocimiento: Conferencia, Premio", "Crecimiento: Oficinas"], Shape(draft));
        Assert.Equal("Plazo: julio", DryRun.Text(draft.Directions[0].Actions[0].Text));
        Assert.Contains(draft.NotUnderstood, p => p.Text.Contains("sin nombre", StringComparison.Ordinal));
    }

    [Fact]
    public void A_summary_that_says_it_in_other_words_is_matched_all_the_same()
    {
        var draft = Read(
            """
            PLAN 2031 (DRAFT)

            We work along three lines:

            - TO SHARE KNOWLEDGE
            - A MORE DIVERSE NETWORK
            - MONEY MATTERS

            KNOWLEDGE SHARING

            - **MEETING.** In spring.

            A DIVERSE NETWORK

            - **OFFICES.** Two.

            FINANCE

            - **FUND.** One.
            """
        );
        Assert.Equal("PLAN 2031 (DRAFT)", draft.Title!.Text);
        Assert.Equal(["KNOWLEDGE SHARING: MEETING", "A DIVERSE NETWORK: OFFICES", "FINANCE: FUND"], Shape(draft));
        Assert.Equal(
            ["TO SHARE KNOWLEDGE", "A MORE DIVERSE NETWORK", "MONEY MATTERS"],
            draft.Directions.Select(d => d.SummaryTitle?.Text)
        );
    }

    [Fact]
    public void A_page_number_does_not_break_a_sentence_and_is_not_lost()
    {
        var draft = Read(
            """
            # Plan

            ## Knowledge

            - **Study.** It compares the cities of

            12

            the whole network.
            """
        );
        Assert.Equal("It compares the cities of the whole network.", DryRun.Text(draft.Directions[0].Actions[0].Text));
        Assert.Equal("12", Assert.Single(draft.NotUnderstood).Text);
    }

    [Fact]
    public void The_plan_of_the_first_user_gives_four_directions_with_six_two_three_and_six_actions()
    {
        var path = Path.Combine(Sources.Root, "..", "shared", "reference", "plan-2013.es.md");
        Assert.SkipUnless(File.Exists(path), "The plan is not beside this clone.");
        var draft = Read(File.ReadAllText(path));
        Assert.Equal([6, 2, 3, 6], draft.Directions.Select(d => d.Actions.Count));
        Assert.Empty(draft.NotUnderstood);
        Assert.Equal(2, draft.Preamble.Count);
    }

    /// <summary>
    /// Every line carries a word of its own; in the tree each word is found once, whatever the layout.
    /// </summary>
    [Fact]
    public void No_line_is_lost_or_counted_twice_in_any_layout()
    {
        string[] kinds =
        [
            "# {0}",
            "## {0}",
            "### {0}",
            "{0:caps}",
            "**{0}**",
            "1. {0}",
            "2. {0}",
            "1.1 {0}",
            "1.2. {0:caps} and more. Text follows.",
            "Eje 1: {0}",
            "- {0}",
            "  - {0}",
            "* **{0}.** Words follow.",
            "- ✓ {0:caps}",
            "{0:caps}. And then text.",
            "Some text about {0} without an end",
            "and goes on with {0}.",
            "A sentence about {0}.",
            "| {0} | cell |",
            "| Action {0} | Date |",
            "",
            "",
            "",
            "---",
            "12",
            "a) {0}",
        ];
        Gen.Int[0, kinds.Length - 1]
            .Array[1, 40]
            .Sample(
                picks =>
                {
                    var templates = picks.Select(p => kinds[p]).ToList();
                    var words = templates
                        .Select((_, i) => "w" + string.Concat(i.ToString().Select(d => (char)('a' + d - '0'))))
                        .ToList();
                    var lines = templates
                        .Select(
                            (t, i) =>
                                t.Replace("{0:caps}", $"THE {words[i].ToUpperInvariant()} THING")
                                    .Replace("{0}", $"{words[i]} thing")
                        )
                        .ToList();
                    if (lines.TrueForAll(string.IsNullOrWhiteSpace))
                        return;
                    var source = string.Join('\n', lines);
                    var draft = Read(source);
                    var passages = draft
                        .Preamble.Concat(draft.NotUnderstood)
                        .Concat(draft.Title is null ? [] : [draft.Title])
                        .Concat(
                            draft.Directions.SelectMany(d =>
                                d.Text.Prepend(d.Title)
                                    .Concat(d.SummaryTitle is null ? [] : [d.SummaryTitle])
                                    .Concat(d.Actions.SelectMany(a => a.Text.Prepend(a.Title)))
                            )
                        );
                    var found = System
                        .Text.RegularExpressions.Regex.Matches(
                            string.Join(" \n ", passages.Select(p => p.Text)).ToLowerInvariant(),
                            @"\bw[a-j]+\b"
                        )
                        .Select(m => m.Value)
                        .ToList();
                    for (var i = 0; i < lines.Count; i++)
                        if (templates[i].Contains("{0", StringComparison.Ordinal))
                            Assert.True(
                                found.Count(w => w == words[i]) == 1,
                                $"'{lines[i]}' is found {found.Count(w => w == words[i])} times in\n{source}"
                            );
                    var blank = Enumerable.Range(1, lines.Count).Where(n => string.IsNullOrWhiteSpace(lines[n - 1]));
                    Assert.Equal(Enumerable.Range(1, lines.Count).Except(blank), draft.Owners.Order());
                },
                iter: 3_000
            );
    }
}
