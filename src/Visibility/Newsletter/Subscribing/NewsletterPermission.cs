namespace Plenaria.Newsletter.Subscribing;

internal static class NewsletterPermission
{
    /// <summary>To write issues, keep lists and subscribers, and send what somebody else wrote.</summary>
    public const string Write = "newsletter.write";
}
