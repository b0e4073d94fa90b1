using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Register;
using SkiaSharp;

namespace Plenaria.Tests.Platform.Files;

public class FileTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in parts)
                using (var part = new StreamWriter(zip.CreateEntry(name).Open()))
                    part.Write(text);
        return bytes.ToArray();
    }

    private static byte[] Picture(SKEncodedImageFormat format, int width = 40, int height = 20)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.SteelBlue);
        bitmap.SetPixel(0, 0, SKColors.White);
        using var data = bitmap.Encode(format, 90);
        return data.ToArray();
    }

    /// <summary>
    /// A JPEG with an Exif segment that says it is to be turned by a quarter (orientation 6) and names a place.
    /// </summary>
    private static byte[] JpegWithPlace()
    {
        byte[] exif =
        [
            .. "Exif\0\0MM\0*"u8,
            0,
            0,
            0,
            8,
            0,
            1,
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            6,
            0,
            0,
            0,
            0,
            0,
            0,
            .. "GPS 38.6979 -9.4215"u8,
        ];
        byte[] plain = Picture(SKEncodedImageFormat.Jpeg);
        return
        [
            0xFF,
            0xD8,
            0xFF,
            0xE1,
            (byte)((exif.Length + 2) >> 8),
            (byte)(exif.Length + 2),
            .. exif,
            .. plain[2..],
        ];
    }

    private static string Refused(byte[] content) =>
        Assert.Throws<RuleViolationException>(() => FileKinds.Check(content)).Key;

    [Fact]
    public void A_file_is_what_it_contains()
    {
        Assert.Equal("pdf", FileKinds.Check("%PDF-1.7\n"u8.ToArray()).Ending);
        Assert.Equal("txt", FileKinds.Check("Acta de la sesión"u8.ToArray()).Ending);
        Assert.Equal(
            "docx",
            FileKinds.Check(Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>"))).Ending
        );
        Assert.Equal(
            "odt",
            FileKinds
                .Check(Zip(("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<o/>")))
                .Ending
        );
        Assert.Equal("png", FileKinds.Check(Picture(SKEncodedImageFormat.Png)).Ending);
        Assert.Equal("webp", FileKinds.Check(Picture(SKEncodedImageFormat.Webp)).Ending);
    }

    [Fact]
    public void What_would_run_or_unpack_or_cannot_be_recognised_is_refused()
    {
        Assert.Equal("files.empty", Refused([]));
        Assert.Equal("files.kind", Refused("<html><script>alert(1)</script>"u8.ToArray()));
        Assert.Equal("files.kind", Refused("\uFEFF \n<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray()));
        Assert.Equal("files.kind", Refused("MZ\0\0"u8.ToArray()));
        Assert.Equal("files.kind", Refused("GIF89a/*"u8.ToArray().Append((byte)0).ToArray()));
        Assert.Equal("files.kind", Refused(Zip(("readme.txt", "an archive"))));
        Assert.Equal("files.kind", Refused([0xC3, 0x28, 0xA0]));
        Assert.Equal(
            "files.macros",
            Refused(
                Zip(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>"), ("word/vbaProject.bin", "x"))
            )
        );
        Assert.Equal("files.damaged", Refused(Picture(SKEncodedImageFormat.Png)[..30]));
        Assert.Equal("files.damaged", Refused("PK\u0003\u0004 and nothing more"u8.ToArray()));
        Assert.Equal(
            "files.opens-into-too-much",
            Refused(Zip([("[Content_Types].xml", "<Types/>"), ("word/document.xml", new string('a', 201 << 20))]))
        );
    }

    [Fact]
    public void A_picture_that_claims_more_pixels_than_it_may_is_refused_before_it_is_unpacked()
    {
        // The header of a PNG of 50,000 by 50,000: ten gigabytes, in forty-five bytes.
        var claim = Picture(SKEncodedImageFormat.Png);
        byte[] size = [0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50];
        size.CopyTo(claim, 16);
        var crc = Crc(claim.AsSpan(12, 17));
        for (var i = 0; i < 4; i++)
            claim[29 + i] = (byte)(crc >> (24 - 8 * i));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal("files.too-many-pixels", Refused(claim));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFFu;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var k = 0; k < 8; k++)
                crc = (crc & 1) != 0 ? 0xEDB88320u ^ (crc >> 1) : crc >> 1;
        }
        return ~crc;
    }

    [Fact]
    public void A_photograph_keeps_its_picture_upright_and_loses_where_it_was_taken()
    {
        var original = JpegWithPlace();
        Assert.Contains("GPS", Encoding.Latin1.GetString(original), StringComparison.Ordinal);
        var kept = FileKinds.Check(original);
        Assert.DoesNotContain("GPS", Encoding.Latin1.GetString(kept.Content), StringComparison.Ordinal);
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(kept.Content), StringComparison.Ordinal);
        using var read = SKBitmap.Decode(kept.Content);
        Assert.Equal((20, 40), (read.Width, read.Height));
    }

    [Fact]
    public void The_hostile_files_of_others_are_refused_or_made_harmless()
    {
        var folder = Sources.Path("..", "shared", "data", "uploads", "made-here");
        Assert.SkipUnless(Directory.Exists(folder), "The files are not beside this clone.");
        foreach (
            var name in (string[])
                [
                    "gif-js-polyglot.gif",
                    "html-named.png",
                    "laughs.xml",
                    "script.svg",
                    "xxe.svg",
                    "zip-slip.zip",
                    "zip-bomb-64MiB-of-zeros.zip",
                    "pixel-bomb-50000x50000.png",
                ]
        )
            Assert.StartsWith("files.", Refused(File.ReadAllBytes(Path.Combine(folder, name))));
        var polyglot = FileKinds.Check(File.ReadAllBytes(Path.Combine(folder, "png-then-html.png")));
        Assert.DoesNotContain(
            "<script",
            Encoding.Latin1.GetString(polyglot.Content),
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Theory, BothDatabases]
    public async Task The_same_bytes_are_kept_once_and_served_by_their_hash_as_something_that_cannot_run(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var (first, second) = await house.Within(async services =>
        {
            var (files, db) = (services.GetRequiredService<FileStore>(), services.GetRequiredService<PlenariaDb>());
            var one = await files.Keep(
                "%PDF-1.7 minutes"u8.ToArray(),
                @"C:\..\Acta ""final"".exe",
                Audience.Staff,
                default
            );
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), "test:files", "test.file-kept", null, new { one.Hash });
            await db.SaveChangesAsync();
            return (one, await files.Keep("%PDF-1.7 minutes"u8.ToArray(), "other.pdf", Audience.Staff, default));
        });
        Assert.Equal(first, second);
        Assert.Equal("Acta final.pdf", first.Name);
        // No record names it: nobody learns that it exists, whoever they are.
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get($"/files/{first.Hash}")).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await (await house.Visit(Role.Staff)).Get($"/files/{first.Hash}")).Status
        );
        await Publish(house, first.Hash);
        var answer = await house.Visit().Get($"/files/{first.Hash}");
        Assert.Equal("%PDF-1.7 minutes", answer.Body);
        Assert.Contains("sandbox", answer.Response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("attachment", answer.Response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get($"/files/{new string('0', 64)}")).Status);

        Assert.DoesNotContain(first.Hash, string.Join(' ', await Faults(house)));
        var path = Directory.EnumerateFiles(house.Data.FullName, first.Hash, SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(path, "something else");
        Assert.Contains($"{first.Hash} was changed", await Faults(house));
        File.Delete(path);
        Assert.Contains($"{first.Hash} is missing", await Faults(house));
    }

    private static Task Publish(TestHost house, string hash) =>
        house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            await services.GetRequiredService<FileStore>().Widen([hash], Audience.Public, default);
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), "test:files", "test.file-published", null, new { hash });
            await db.SaveChangesAsync();
        });

    private static Task<List<string>> Faults(TestHost house) =>
        house.Within(async services =>
        {
            var faults = new List<string>();
            await foreach (var fault in services.GetRequiredService<FileStore>().Faults(default))
                faults.Add(fault);
            return faults;
        });

    [Fact]
    public async Task A_full_house_keeps_nothing_more()
    {
        var house = await houses.On(Provider.Sqlite);
        await house.Within(async services =>
        {
            var folder = Databases.Folder();
            var files = new FileStore(
                services.GetRequiredService<PlenariaDb>(),
                new(folder, MaxEach: 1 << 20, MaxAll: 4),
                new(TimeProvider.System),
                services.GetRequiredService<ModuleCatalog>(),
                services.GetRequiredService<CurrentUser>(),
                services,
                TimeProvider.System
            );
            Assert.Equal(
                "files.full",
                (
                    await Assert.ThrowsAsync<RuleViolationException>(() =>
                        files.Keep("12345"u8.ToArray(), "a.txt", Audience.Public, default)
                    )
                ).Key
            );
            Assert.Equal(
                "files.too-large",
                (
                    await Assert.ThrowsAsync<RuleViolationException>(() =>
                        files.Keep(new byte[(1 << 20) + 1], "a.txt", Audience.Public, default)
                    )
                ).Key
            );
            Assert.Empty(folder.EnumerateFiles("*", SearchOption.AllDirectories));
            Assert.False(
                await services.GetRequiredService<PlenariaDb>().Set<StoredFile>().AnyAsync(f => f.Name == "a.txt")
            );
        });
    }

    [Theory, BothDatabases]
    public async Task What_is_kept_is_summed_once_a_minute_and_counted_in_between(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var kept = await db.Set<StoredFile>().SumAsync(f => f.Size);
            var files = new FileStore(
                db,
                new(Databases.Folder(), MaxEach: 100, MaxAll: kept + 100),
                services.GetRequiredService<FileTotals>(),
                services.GetRequiredService<ModuleCatalog>(),
                services.GetRequiredService<CurrentUser>(),
                services,
                TimeProvider.System
            );
            async Task Keep(char filled)
            {
                await files.Keep(Encoding.ASCII.GetBytes(new string(filled, 40)), "a.txt", Audience.Public, default);
                services
                    .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                    .Append(house.Acting(), "test", "test.kept", null, new { });
                await db.SaveChangesAsync();
            }
            var sums = await counter.During(
                "files_kept",
                async () =>
                {
                    await Keep('a');
                    await Keep('b');
                    await Assert.ThrowsAsync<RuleViolationException>(() => Keep('c'));
                }
            );
            Assert.Single(sums, q => q.Sql.Contains("SUM(", StringComparison.OrdinalIgnoreCase));
        });
    }

    [Fact]
    public async Task Sizes_that_add_up_to_more_than_a_number_holds_are_refused()
    {
        var house = await houses.On(Provider.Sqlite);
        Assert.Equal(
            "files.opens-into-too-much",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    house.Within(s =>
                        s.GetRequiredService<FileStore>().Keep(Zip64(3, 1L << 62), "a.docx", Audience.Public, default)
                    )
                )
            ).Key
        );
    }

    /// <summary>A small archive whose directory claims this size for each of its parts.</summary>
    private static byte[] Zip64(int parts, long size)
    {
        using var bytes = new MemoryStream();
        using var write = new BinaryWriter(bytes);
        for (var i = 0; i < parts; i++)
        {
            write.Write(0x04034b50);
            write.Write((short)45);
            write.Write(new byte[20]);
            write.Write((short)1);
            write.Write((short)0);
            write.Write((byte)('a' + i));
        }
        var directory = bytes.Position;
        for (var i = 0; i < parts; i++)
        {
            write.Write(0x02014b50);
            write.Write((short)45);
            write.Write((short)45);
            write.Write(new byte[12]);
            write.Write(0);
            write.Write(-1);
            write.Write((short)1);
            write.Write((short)12);
            write.Write(new byte[10]);
            write.Write(i * 31);
            write.Write((byte)('a' + i));
            write.Write((short)1);
            write.Write((short)8);
            write.Write(size);
        }
        var length = bytes.Position - directory;
        write.Write(0x06054b50);
        write.Write(0);
        write.Write((short)parts);
        write.Write((short)parts);
        write.Write((int)length);
        write.Write((int)directory);
        write.Write((short)0);
        return bytes.ToArray();
    }

    [Fact]
    public async Task A_name_is_never_cut_within_a_character_and_what_a_refused_form_left_is_swept_after_a_day()
    {
        var house = await houses.On(Provider.Sqlite);
        var kept = await house.Within(s =>
            s.GetRequiredService<FileStore>()
                .Keep(
                    Picture(SKEncodedImageFormat.Png, 41, 43),
                    new string('a', 143) + "😀" + new string('b', 20) + ".png",
                    Audience.Public,
                    default
                )
        );
        Assert.DoesNotContain(
            kept.Name,
            c => char.IsSurrogate(c) && !kept.Name.EnumerateRunes().Any(r => r.Value == 0x1F600)
        );
        // Nobody saved its row.
        var path = Directory.EnumerateFiles(house.Data.FullName, kept.Hash, SearchOption.AllDirectories).Single();
        await house.Within(s => s.GetRequiredService<FileStore>().Sweep(default));
        Assert.True(File.Exists(path));
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-2));
        await house.Within(s => s.GetRequiredService<FileStore>().Sweep(default));
        Assert.False(File.Exists(path));
    }

    [Theory, BothDatabases]
    public async Task A_file_of_a_draft_is_its_writers_until_the_record_is_public_and_again_when_it_is_withdrawn(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var (city, staff, stranger) = (
            await house.Visit(Role.Member),
            await house.Visit(Role.Staff),
            await house.Visit(Role.Juror)
        );
        var told = await city.Press(
            await city.Get("/en/experiences/new"),
            "main form",
            "Draft",
            ("Input.Title", "A draft with a file"),
            ("Input.Summary", "Told."),
            ("Input.Country", "Senegal"),
            ("Input.Practice", "practices:neighbourhood-council")
        );
        var path = told.Location!;
        await city.Upload(
            await city.Get(path + "/media"),
            "main form[enctype]",
            ("file", "plan.pdf", "%PDF-1.7 a draft"u8.ToArray()),
            ("Input.Name", "The plan"),
            ("Input.Licence", "CC-BY-4.0")
        );
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("%PDF-1.7 a draft"u8));
        Assert.Equal(HttpStatusCode.OK, (await city.Get($"/files/{hash}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await staff.Get($"/files/{hash}")).Status);
        foreach (var other in (Browser[])[house.Visit(), stranger, await house.Visit(Role.Translator)])
            Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/files/{hash}")).Status);
        await staff.Press(await staff.Get(path), ".card form", "Publish");
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get($"/files/{hash}")).Status);
        await staff.Press(await staff.Get(path), ".card form", "Archive");
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get($"/files/{hash}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await staff.Get($"/files/{hash}")).Status);
    }

    [Theory, BothDatabases]
    public async Task Files_that_no_record_names_are_deleted_after_a_day_and_others_stay(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await house.Within(async services =>
        {
            var (db, files) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<FileStore>());
            var before = await db.Set<StoredFile>().CountAsync();
            var (fresh, old) = (
                await files.Keep("%PDF-1.7 fresh"u8.ToArray(), "a.pdf", Audience.Staff, default),
                await files.Keep("%PDF-1.7 old"u8.ToArray(), "b.pdf", Audience.Staff, default)
            );
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), "test:files", "test.file-kept", null, new { });
            await db.SaveChangesAsync();
            var past = DateTimeOffset.UtcNow.AddDays(-2);
            await db.Set<StoredFile>()
                .Where(f => f.Hash != fresh.Hash)
                .ExecuteUpdateAsync(f => f.SetProperty(x => x.KeptAt, past));
            await files.Sweep(default);
            Assert.True(await files.Holds(fresh.Hash, default));
            Assert.False(await files.Holds(old.Hash, default));
            Assert.Empty(Directory.EnumerateFiles(house.Data.FullName, old.Hash, SearchOption.AllDirectories));
            // Those of the sample are all named by something.
            Assert.Equal(before + 1, await db.Set<StoredFile>().CountAsync());
        });
    }

    [Fact]
    public async Task Many_large_pictures_at_once_are_decoded_one_after_the_other()
    {
        using var large = new SKBitmap(6_000, 6_000);
        var png = large.Encode(SKEncodedImageFormat.Png, 100).ToArray();
        Assert.InRange(png.Length, 0, 1 << 20);
        // proc(5): 5 resets the peak of resident memory.
        await File.WriteAllTextAsync("/proc/self/clear_refs", "5");
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        var before = process.WorkingSet64;
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => FileKinds.Check(png))));
        process.Refresh();
        // Ten at once would take 144 MB each; other tests may take some meanwhile.
        Assert.InRange(process.PeakWorkingSet64 - before, 0, 1_000L << 20);
    }

    [Fact]
    public void A_pdf_begins_within_its_first_kilobyte()
    {
        Assert.Equal("application/pdf", FileKinds.Check([.. new byte[500], .. "%PDF-1.4\n"u8]).MediaType);
        Assert.Equal("files.kind", Refused([.. new byte[1_100], .. "%PDF-1.4\n"u8]));
        Assert.Equal("files.kind", Refused("<html>%PDF-1.4"u8.ToArray()));
    }
}
