using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using SkiaSharp;
using A = DocumentFormat.OpenXml.Drawing;
using P = DocumentFormat.OpenXml.Drawing.Pictures;
using W = DocumentFormat.OpenXml.Wordprocessing;
using WP = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace Plenaria.Platform.Documents;

/// <summary>Puts pictures with their alternative texts into a Word file.</summary>
internal sealed class DocxPictures(MainDocumentPart main)
{
    // Word measures in English metric units: 9525 to a pixel; the page leaves room for 600 pixels.
    private const long UnitsPerPixel = 9525;
    private const double MostWide = 600;

    private uint _count;

    public W.Paragraph Paragraph(Illustration picture)
    {
        using var bitmap = SKBitmap.Decode(picture.Bytes) ?? throw new RuleViolationException("platform.no-picture");
        var scale = Math.Min(1, MostWide / bitmap.Width);
        var part = main.AddImagePart(ImagePartType.Png);
        using (var png = bitmap.Encode(SKEncodedImageFormat.Png, 100))
        using (var stream = png.AsStream())
            part.FeedData(stream);
        var (width, height) = (Units(bitmap.Width * scale), Units(bitmap.Height * scale));
        var name = string.Create(CultureInfo.InvariantCulture, $"Picture {++_count}");
        return new(
            new W.Run(
                new W.Drawing(
                    new WP.Inline(
                        new WP.Extent { Cx = width, Cy = height },
                        new WP.DocProperties
                        {
                            Id = _count,
                            Name = name,
                            Description = Docx.Clean(picture.Alternative),
                        },
                        new A.Graphic(
                            new A.GraphicData(Drawn(main.GetIdOfPart(part), name, width, height))
                            {
                                Uri = "http://schemas.openxmlformats.org/drawingml/2006/picture",
                            }
                        )
                    )
                )
            )
        );
    }

    private P.Picture Drawn(string relation, string name, long width, long height) =>
        new(
            new P.NonVisualPictureProperties(
                new P.NonVisualDrawingProperties { Id = _count, Name = name },
                new P.NonVisualPictureDrawingProperties()
            ),
            new P.BlipFill(new A.Blip { Embed = relation }, new A.Stretch(new A.FillRectangle())),
            new P.ShapeProperties(
                new A.Transform2D(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = width, Cy = height }),
                new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle }
            )
        );

    private static long Units(double pixels) => (long)Math.Round(pixels) * UnitsPerPixel;
}
