using QRCoder;

namespace Plenaria.Platform.Documents;

/// <summary>Codes that a phone's camera reads.</summary>
public static class QrCode
{
    /// <summary>The text as a PNG, ready for an image's <c>src</c>.</summary>
    public static string Picture(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(code);
        return "data:image/png;base64," + Convert.ToBase64String(png.GetGraphic(6));
    }
}
