namespace Plenaria.Web.Shell;

/// <summary>The picture in the browser's tab, small enough to stand in the page itself.</summary>
internal static class SiteIcon
{
    private const string Svg =
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><path fill='#1f4e5f' d='M0 0h16v16H0z'/>"
        + "<path fill='#fff' d='M3 3h4v4H3zM9 9h4v4H9z'/></svg>";

    public static string Address { get; } = "data:image/svg+xml," + Uri.EscapeDataString(Svg);
}
