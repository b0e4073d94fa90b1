using System.Net;
using System.Net.Sockets;
using System.Text;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Platform.Forms;

public class UploadTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes(
        string.Concat(Enumerable.Range(0, 2_000).Select(n => $"line {n}\n"))
    );

    /// <summary>A form with a text and a file, and an answer to it that somebody began: its address.</summary>
    private static async Task<(Browser City, string Answers)> Begin(TestHost house)
    {
        var staff = await house.Visit(Role.Staff);
        var begun = await staff.Submit("/en/forms/new", "main form", ("Title", "With a file"));
        var key = begun.Location!.Split('/')[3];
        foreach (var type in (string[])["Text", "File"])
        {
            var added = await staff.Submit($"/en/forms/{key}/build", "#add", ("Label", type), ("Type", type));
            await staff.Submit(added.Location!, "main form", ("Input.Label", type));
        }
        await staff.Press(await staff.Get($"/en/forms/{key}/build"), "main form", "Publish");
        var city = house.Visit();
        var answers = (await city.Submit($"/en/forms/{key}", "main form", ("Email", "file@example.org"))).Location!;
        return (city, answers);
    }

    private static async Task<HttpResponseMessage> Send(
        Browser city,
        HttpMethod method,
        string address,
        string header,
        long value,
        byte[]? piece = null
    )
    {
        using var request = new HttpRequestMessage(method, address);
        request.Headers.Add(header, $"{value}");
        if (piece is not null)
            request.Content = new ByteArrayContent(piece);
        return await city.Http.SendAsync(request);
    }

    private static async Task<string> Upload(Browser city, string answers)
    {
        var begun = await Send(city, HttpMethod.Post, $"{answers}/uploads", "Upload-Length", Content.Length);
        Assert.Equal(HttpStatusCode.Created, begun.StatusCode);
        return begun.Headers.Location!.ToString();
    }

    private static async Task<long> Received(Browser city, string upload)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, upload);
        var answer = await city.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return long.Parse(answer.Headers.GetValues("Upload-Offset").Single());
    }

    [Fact]
    public async Task A_file_whose_line_broke_goes_on_where_it_stopped_and_is_kept_with_the_answer()
    {
        var house = await houses.On(Provider.Sqlite);
        var (city, answers) = await Begin(house);
        var upload = await Upload(city, answers);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        // A piece of which half arrives, as when a telephone goes into a tunnel.
        using (var line = new TcpClient())
        {
            await line.ConnectAsync(house.Address.Host, house.Address.Port);
            var head =
                $"PATCH {upload} HTTP/1.1\r\nHost: localhost\r\nUpload-Offset: 0\r\nContent-Length: 10000\r\n\r\n";
            await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
            await line.GetStream().WriteAsync(Content.AsMemory(0, 5_000));
            while (await Received(city, upload) < 5_000)
                await Task.Delay(20, patience.Token);
        }
        Assert.Equal(5_000, await Received(city, upload));

        var elsewhere = await Send(city, HttpMethod.Patch, upload, "Upload-Offset", 9_000, Content[9_000..]);
        Assert.Equal(HttpStatusCode.Conflict, elsewhere.StatusCode);
        HttpResponseMessage rest;
        // Until the server has let go of the piece that broke.
        while (
            (rest = await Send(city, HttpMethod.Patch, upload, "Upload-Offset", 5_000, Content[5_000..])).StatusCode
            == HttpStatusCode.Conflict
        )
            await Task.Delay(20, patience.Token);
        Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);

        var named = $"{upload.Split('/').Last()} Budget of the year.txt";
        var saved = await city.Press(await city.Get(answers), "form.answers", "Save", ("u.q2", named));
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        var page = await city.Get(answers);
        Assert.Contains("Budget of the year.txt", page.Body);
        var hash = page.Page.QuerySelector("[name='f.q2'][type=checkbox]")!.GetAttribute("value")!;
        var staff = await house.Visit(Role.Staff);
        Assert.Equal(Content, await staff.Http.GetByteArrayAsync($"/files/{hash}"));
    }

    [Fact]
    public async Task A_file_that_stopped_at_half_is_said_and_loses_nothing_else()
    {
        var (city, answers) = await Begin(await houses.On(Provider.Sqlite));
        var upload = await Upload(city, answers);
        await Send(city, HttpMethod.Patch, upload, "Upload-Offset", 0, Content[..100]);
        var named = $"{upload.Split('/').Last()} half.txt";
        var refused = await city.Press(
            await city.Get(answers),
            "form.answers",
            "Save",
            ("f.q1", "Typed meanwhile"),
            ("u.q2", named)
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("did not arrive whole", refused.Body);
        Assert.Contains("Typed meanwhile", (await city.Get(answers)).Body);
    }

    [Fact]
    public async Task What_is_too_large_longer_than_said_or_anothers_is_refused()
    {
        var house = await houses.On(Provider.Sqlite);
        var (city, answers) = await Begin(house);
        var large = await Send(city, HttpMethod.Post, $"{answers}/uploads", "Upload-Length", 1L << 40);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, large.StatusCode);
        Assert.Contains("too large", await large.Content.ReadAsStringAsync());
        var upload = await Upload(city, answers);
        var longer = await Send(city, HttpMethod.Patch, upload, "Upload-Offset", 0, [.. Content, .. Content]);
        Assert.True(longer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError);
        var (other, theirs) = await Begin(house);
        var named = $"{upload.Split('/').Last()} stolen.txt";
        var stolen = await other.Press(await other.Get(theirs), "form.answers", "Save", ("u.q2", named));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stolen.Status);
    }
}
