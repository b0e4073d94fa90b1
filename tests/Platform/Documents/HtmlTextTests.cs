using Plenaria.Platform.Documents;

namespace Plenaria.Tests.Platform.Documents;

/// <summary>HTML as word processors and mail programs write it, read as the Markdown that says the same.</summary>
public class HtmlTextTests
{
    private static string Rendered(string html)
    {
        using var written = new StringWriter();
        Markup.Html(HtmlText.ToMarkdown(html)).WriteTo(written, System.Text.Encodings.Web.HtmlEncoder.Default);
        return written.ToString().Replace("\n", "", StringComparison.Ordinal);
    }

    private static string Trial(string folder, string name)
    {
        var file = Sources.Path("..", "shared", "data", "trials", folder, name);
        Assert.SkipUnless(File.Exists(file), "The trials are not beside this clone.");
        return Rendered(File.ReadAllText(file));
    }

    [Theory]
    [InlineData(
        "<b style=\"font-weight:normal\"><h2><span style=\"font-weight:400\">Title</span></h2><p>Words</p><ul><li><p>one</p></li></ul></b>",
        "### Title\n\nWords\n\n- one"
    )]
    [InlineData("<p>a <span style=\"color:red;font-weight: 700\">bold</span> word</p>", "a **bold** word")]
    [InlineData("<p>a <span style=\"FONT-WEIGHT:Bold;font-style:italic\">bold</span> word</p>", "a ***bold*** word")]
    [InlineData(
        "<p><span style=\"font-weight:600\">two </span><span style=\"font-weight:600\">spans</span></p>",
        "**two** **spans**"
    )]
    [InlineData(
        "<p><b>two</b><b> neighbours</b> and <strong><b>within</b></strong></p>",
        "**two** **neighbours** and **within**"
    )]
    [InlineData("<p><b>to</b><b>gether</b></p>", "**together**")]
    [InlineData("<b><p>All of it</p><p>and <i>this</i></p></b>", "**All of it**\n\n**and** ***this***")]
    [InlineData(
        "<p style=\"font-weight:bold\">Title<span style=\"font-weight:normal\"> text</span></p>",
        "**Title** text"
    )]
    [InlineData("<h3><b>Bold</b> heading</h3>", "### Bold heading")]
    [InlineData("<p><b>Title<br>second</b></p>", "**Title**  \n**second**")]
    [InlineData("<em style=\"font-style:normal\">plain</em> <i>slanted</i>", "plain *slanted*")]
    [InlineData("<span><span><div>one</div><div>two</div></span></span>", "one\n\ntwo")]
    [InlineData("<a href=\"https://x.example/\"><h2>Linked</h2></a>", "[Linked](<https://x.example/>)")]
    [InlineData("<p>mind font-weight: <span style=\"x-font-weight:bold\">no</span></p>", "mind font-weight: no")]
    public void Emphasis_and_blocks_are_told_by_style_as_well_as_by_element(string html, string markdown) =>
        Assert.Equal(markdown, HtmlText.ToMarkdown(html));

    [Theory]
    [InlineData("<ul><li>a</li><ul><li>b</li><ul><li>c</li></ul></ul><li>d</li></ul>", "- a\n  - b\n    - c\n- d")]
    [InlineData("<ol><li>a</li><ol><li>b</li></ol><li>d</li></ol>", "1. a\n   1. b\n2. d")]
    [InlineData("<ul><ul><li>a</li></ul><li>b</li></ul>", "- a\n- b")]
    [InlineData("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n\n  - b")]
    [InlineData("<ul><div><li>a</li></div>loose<p>text</p><script>x</script></ul>", "- a\n- loose\n- text")]
    [InlineData("<ol start=\"7\"><li>a</li><li value=\"12\">b</li><li>c</li></ol>", "7. a\n12. b\n13. c")]
    [InlineData("<ol start=\"99999999999\"><li>a</li></ol>", "1. a")]
    [InlineData("<ol><li>a</li></ol><ol start=\"3\"><li>b</li></ol><ul><li>c</li></ul>", "1. a\n\n3) b\n\n- c")]
    public void Lists_keep_their_items_levels_and_numbers(string html, string markdown) =>
        Assert.Equal(markdown, HtmlText.ToMarkdown(html));

    [Theory]
    [InlineData(
        "<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>",
        "| a |  | b |\n| --- | --- | --- |\n| c | d | e |"
    )]
    [InlineData(
        "<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e</table>",
        "| a | b |\n| --- | --- |\n|  | c |\n| d | e |"
    )]
    [InlineData(
        "<table><tr><td>a<td rowspan=9>b<td>c<tr><td>d<td>e</table>",
        "| a | b | c |\n| --- | --- | --- |\n| d |  | e |"
    )]
    [InlineData("<table><caption>Cities</caption><tr><td>a<td>b</table>", "Cities\n\n| a | b |\n| --- | --- |")]
    [InlineData("<table><tr><td>a<td><table><tr><td>b<td>c</table></table>", "| a | b c |\n| --- | --- |")]
    [InlineData("<table><tr><td>words<table><tr><td>inner</table></table>", "words\n\ninner")]
    [InlineData("<table><tr><td colspan=999999999>a<td>b</table>", null)]
    public void Merged_cells_leave_the_others_in_their_columns(string html, string? markdown)
    {
        if (markdown is null)
            Assert.InRange(HtmlText.ToMarkdown(html).Length, 1, 500);
        else
            Assert.Equal(markdown, HtmlText.ToMarkdown(html));
    }

    /// <summary>Each word of a page is in the text, however deep and wherever it stands.</summary>
    [Theory]
    [InlineData("<div>", "</div>")]
    [InlineData("<span>", "</span>")]
    [InlineData("<ul><li>", "</li></ul>")]
    [InlineData("<ul>", "</ul>")]
    [InlineData("<table><tr><td>x</td><td>", "</td></tr></table>")]
    [InlineData("<blockquote>", "</blockquote>")]
    public void No_word_is_gone_at_any_depth(string open, string close)
    {
        var html =
            string.Concat(Enumerable.Range(0, 90).Select(i => $"{open}w{i}y "))
            + string.Concat(Enumerable.Repeat(close, 90));
        var text = HtmlText.ToMarkdown(html);
        Assert.All(Enumerable.Range(0, 90), i => Assert.Contains($"w{i}y", text));
    }

    [Fact]
    public void No_row_and_no_column_of_a_large_table_is_gone()
    {
        var row = string.Concat(Enumerable.Range(0, 40).Select(i => $"<td>c{i}</td>"));
        var text = HtmlText.ToMarkdown(
            $"<table>{string.Concat(Enumerable.Range(0, 600).Select(i => $"<tr><td>r{i}</td>{row}</tr>"))}</table>"
        );
        Assert.Contains("| r599 |", text);
        Assert.Equal(600, text.Split("c39").Length - 1);
    }

    [Fact]
    public void The_trials_read_as_they_look()
    {
        Assert.Equal(
            "<h3>How it began</h3><p>The council opened a table in each district.</p><p>Two hundred people came.</p>"
                + "<ul><li>first meeting</li><li>second meeting</li></ul><p><strong>Only this is bold.</strong></p>",
            Trial("14-html-google-docs", "paste.html")
        );
        Assert.Equal(
            "<ul><li>Dakar<ul><li>north</li><li>south</li></ul></li><li>Rabat</li></ul>",
            Trial("15-html-lists", "nested.html")
        );
        Assert.Equal(
            "<p>Rules that follow from the first part:</p><ol start=\"7\"><li>Quorum</li><li>Majority</li></ol>",
            Trial("15-html-lists", "start.html")
        );
        Assert.Contains("<tr><th>Budget</th><th></th><th>Year</th></tr>", Trial("15-html-lists", "colspan.html"));
    }
}
