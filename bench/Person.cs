using System.Net;
using System.Text.RegularExpressions;

namespace Plenaria.Bench;

/// <summary>Somebody with a browser: cookies are kept, the connection stays open, redirects are not followed.</summary>
internal sealed class Person(Func<Uri> house) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private string _token = "";

    /// <summary>The member for which this person sits in the session.</summary>
    public string Member { get; set; } = "";

    /// <summary>Opens a page, and keeps what its forms are sent with.</summary>
    public async Task<string> Get(string path)
    {
        var page = await _http.GetStringAsync(new Uri(house(), path));
        if (Regex.Match(page, """name="__RequestVerificationToken"[^>]* value="([^"]+)""") is { Success: true } token)
            _token = token.Groups[1].Value;
        return page;
    }

    /// <summary>The body of an answer, as it comes.</summary>
    public Task<Stream> Open(string path) => _http.GetStreamAsync(new Uri(house(), path));

    /// <summary>Sends a form, and says where its answer leads. Whatever else is answered is a failure.</summary>
    public async Task<string> Post(string path, params IEnumerable<(string Name, string Value)> fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", _token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))
        );
        return await Send(path, form);
    }

    /// <summary>Sends a form with a file.</summary>
    public async Task<string> Upload(
        string path,
        (string Field, string Text) file,
        params IEnumerable<(string Name, string Value)> fields
    )
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append(("__RequestVerificationToken", _token)))
            form.Add(new StringContent(value), name);
        form.Add(new StringContent(file.Text), file.Field, file.Field);
        return await Send(path, form);
    }

    private async Task<string> Send(string path, HttpContent form)
    {
        using var answer = await _http.PostAsync(new Uri(house(), path), form);
        if (
            answer.StatusCode != HttpStatusCode.Redirect
            || answer.Headers.Location!.OriginalString.Contains("/sign-in?", StringComparison.Ordinal)
        )
            throw new InvalidOperationException(
                $"{path} was answered with {(int)answer.StatusCode} {answer.Headers.Location}."
            );
        return answer.Headers.Location.OriginalString;
    }

    /// <summary>By a link that the program printed.</summary>
    public async Task SignIn(string link)
    {
        await Get(link);
        await Post(link);
    }

    public void Dispose() => _http.Dispose();
}
