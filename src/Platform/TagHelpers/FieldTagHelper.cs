using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.TagHelpers;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Plenaria.Platform.TagHelpers;

/// <summary>What a field is filled in with.</summary>
public enum FieldControl
{
    /// <summary>
    /// One line, of the type that the attribute <c>type</c> or the model gives it. Content, such as the original of
    /// what is translated, stands above it, as above several lines.
    /// </summary>
    Input,

    /// <summary>Several lines.</summary>
    Textarea,

    /// <summary>A choice: the options are the content.</summary>
    Select,

    /// <summary>Whatever the content is, which carries the id and the name itself.</summary>
    Custom,
}

/// <summary>
/// One field of a form: its label, hint, control and error, tied together for screen readers. Attributes that are not
/// named here (<c>maxlength</c>, <c>required</c>, <c>rows</c>, <c>autocomplete</c>) go to the control. Content of a
/// line or a text area, such as a <c>datalist</c> or the original of a translation, stands before the control.
/// </summary>
/// <example>
/// <c>&lt;field for="Input.Title" label="@T["exchange.title"]" maxlength="200" required&gt;&lt;/field&gt;</c>
/// </example>
[HtmlTargetElement("field")]
public sealed class FieldTagHelper(IHtmlGenerator generator) : TagHelper
{
    private static readonly string[] OfFrame = ["class", "data-when", "data-values"];

    /// <summary>The property of the model that the field is of; null where <see cref="Name"/> stands alone.</summary>
    [HtmlAttributeName("for")]
    public ModelExpression? For { get; set; }

    /// <summary>Name of a field that no property of the model stands for.</summary>
    public string? Name { get; set; }

    /// <summary>What stands in such a field, until somebody types something else that is refused.</summary>
    public string? Value { get; set; }

    /// <summary>Id of the control, where two fields of a page have one name.</summary>
    public string? Id { get; set; }

    public required string Label { get; set; }

    public string? Hint { get; set; }

    public FieldControl Control { get; set; }

    [ViewContext]
    [HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    // The options ask the select around them which of them is chosen, before it is written.
    public override void Init(TagHelperContext context)
    {
        if (Control == FieldControl.Select && For is not null)
            Choice().Init(context);
    }

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var name = Name ?? ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For!.Name);
        var id = Id ?? TagBuilder.CreateSanitizedId(name, "_");
        var content = await output.GetChildContentAsync();
        var errors = ViewContext.ViewData.ModelState.TryGetValue(name, out var state) ? state.Errors : [];
        var control = MakeControl(name, id, content, output);
        Describe(control, id, errors.Count > 0);

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.Clear();
        var classes = context.AllAttributes["class"]?.Value?.ToString();
        output.Attributes.SetAttribute("class", classes is null ? "field" : $"field {classes}");
        foreach (var attribute in context.AllAttributes.Where(a => a.Name != "class" && OfFrame.Contains(a.Name)))
            output.Attributes.Add(attribute);

        var label = new TagBuilder("label");
        label.Attributes["for"] = id;
        label.InnerHtml.Append(Label);
        output.Content.SetHtmlContent(label);
        if (Hint is not null)
            output.Content.AppendHtml(Line("p", "hint", $"{id}-hint", Hint));
        if (Control is FieldControl.Input or FieldControl.Textarea)
            output.Content.AppendHtml(content);
        output.Content.AppendHtml(control);
        if (errors.Count > 0)
            output.Content.AppendHtml(Line("span", "field-validation-error", $"{id}-error", errors[0].ErrorMessage));
    }

    private IHtmlContent MakeControl(string name, string id, TagHelperContent content, TagHelperOutput frame)
    {
        if (Control == FieldControl.Custom)
            return content;
        var tag = Control switch
        {
            FieldControl.Textarea => "textarea",
            FieldControl.Select => "select",
            _ => "input",
        };
        var attributes = frame.Attributes.Where(a => !OfFrame.Contains(a.Name));
        var output = new TagHelperOutput(
            tag,
            [.. attributes],
            (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent())
        )
        {
            TagMode = Control == FieldControl.Input ? TagMode.StartTagOnly : TagMode.StartTagAndEndTag,
        };
        if (For is null)
            SetPlain(output, name, content);
        else
            SetBound(output, content);
        output.Attributes.SetAttribute("id", id);
        return output;
    }

    private void SetPlain(TagHelperOutput control, string name, TagHelperContent content)
    {
        control.Attributes.SetAttribute("name", name);
        var shown = TypedInto(name) ?? Value;
        if (Control == FieldControl.Select)
            control.Content.SetHtmlContent(content);
        else if (Control == FieldControl.Textarea)
            control.Content.SetHtmlContent(Environment.NewLine).Append(shown);
        else if (shown is not null)
            control.Attributes.SetAttribute("value", shown);
    }

    // What was refused is shown as it was typed. Of several fields with one name, nobody knows which it was typed into.
    private string? TypedInto(string name) =>
        Id is null && ViewContext.ViewData.ModelState.TryGetValue(name, out var state) ? state.AttemptedValue : null;

    // The framework's own helpers know which type, value and attributes of validation a property has.
    private void SetBound(TagHelperOutput control, TagHelperContent content)
    {
        var own = new TagHelperContext([.. control.Attributes], new Dictionary<object, object>(), "field");
        TagHelper helper = Control switch
        {
            FieldControl.Textarea => new TextAreaTagHelper(generator) { For = For!, ViewContext = ViewContext },
            FieldControl.Select => Choice(),
            _ => new InputTagHelper(generator)
            {
                For = For!,
                ViewContext = ViewContext,
                InputTypeName = control.Attributes["type"]?.Value?.ToString(),
            },
        };
        helper.Init(own);
        helper.Process(own, control);
        if (Control == FieldControl.Select)
            control.Content.SetHtmlContent(content);
    }

    private SelectTagHelper Choice() => new(generator) { For = For!, ViewContext = ViewContext };

    private void Describe(IHtmlContent control, string id, bool isWrong)
    {
        if (control is not TagHelperOutput output)
            return;
        var described = string.Join(' ', Described(output, id, isWrong));
        if (described.Length > 0)
            output.Attributes.SetAttribute("aria-describedby", described);
        if (!isWrong)
            return;
        output.Attributes.SetAttribute("aria-invalid", "true");
        if (For is null)
            output.AddClass(HtmlHelper.ValidationInputCssClassName);
    }

    private IEnumerable<string> Described(TagHelperOutput control, string id, bool isWrong)
    {
        if (control.Attributes["aria-describedby"]?.Value?.ToString() is { Length: > 0 } given)
            yield return given;
        if (Hint is not null)
            yield return $"{id}-hint";
        if (isWrong)
            yield return $"{id}-error";
    }

    private static TagBuilder Line(string tag, string kind, string id, string text)
    {
        var line = new TagBuilder(tag);
        line.AddCssClass(kind);
        line.Attributes["id"] = id;
        line.InnerHtml.Append(text);
        return line;
    }
}
