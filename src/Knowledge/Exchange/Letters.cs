using Microsoft.AspNetCore.Http;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Mail;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange;

/// <summary>Letters of this module: in their reader's language, with links that lead back to the house.</summary>
internal sealed class Letters(Outbox outbox, Texts texts, Network network, SiteAddress site, IHttpContextAccessor http)
{
    /// <summary>An address of the house for a letter. Without the setting it follows the request, if there is one.</summary>
    public string Link(Language reader, string path)
    {
        var house = site.Url ?? (http.HttpContext is { Request: { Host.HasValue: true } asked } ? new Uri($"{asked.Scheme}://{asked.Host}") : null);
        return house is null ? $"/{reader}{path}" : new Uri(house, $"/{reader}{path}").ToString();
    }

    /// <param name="what">The letter's name among the texts.</param>
    /// <param name="values">What it says, in this reader's language.</param>
    public async Task Send(Reached to, string what, string? token, Func<Language, (string Name, object? Value)[]> values, CancellationToken cancel)
    {
        (string Name, object? Value)[] all = [("network", (await network.Profile(cancel)).Name.For(to.Language)), .. values(to.Language)];
        outbox.Queue(to.Email, to.Language, texts.Say(to.Language, $"exchange.mail.{what}.subject", all), texts.Say(to.Language, $"exchange.mail.{what}.text", all), token);
    }
}
