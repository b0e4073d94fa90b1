using System.ComponentModel.DataAnnotations;

namespace Plenaria.Exchange.Collections;

/// <summary>What a collection says of itself.</summary>
internal sealed class CollectionFields
{
    [Required(ErrorMessage = "exchange.title-missing"), StringLength(Collection.TitleMaxLength)]
    public string? Title { get; set; }

    [StringLength(Collection.TextMaxLength)]
    public string? Text { get; set; }
    public bool IsPublic { get; set; }

    [StringLength(60)]
    public string? Owner { get; set; }
    public int Version { get; set; }

    public void Apply(Collection collection, Language reader)
    {
        collection.Title = collection.Title.RewordedAsShown(reader, Title);
        collection.Text = collection.Text.RewordedAsShown(reader, Text?.ReplaceLineEndings("\n"));
        collection.IsPublic = IsPublic;
    }
}
