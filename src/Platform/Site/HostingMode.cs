namespace Plenaria.Platform.Site;

/// <summary>
/// What kind of place this process serves: a demo or a developer's machine shows what a real one hides.
/// </summary>
public sealed record HostingMode(bool IsDemo, bool IsDevelopment)
{
    public bool ShowsWorkshop => IsDemo || IsDevelopment;
}
