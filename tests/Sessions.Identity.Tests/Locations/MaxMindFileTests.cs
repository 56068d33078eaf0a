using System.Net;
using Sessions.Identity.Locations.Databases;

namespace Sessions.Identity.Tests.Locations;

/// <summary>Files that are not there, are not what they should be, or change while they are in use.</summary>
[Trait("Category", MaxMindFiles.Category)]
public sealed class MaxMindFileTests : MaxMindTest
{
    [Fact]
    public void A_missing_file_is_warned_of_once_by_the_path_that_was_given_and_taken_up_when_it_comes()
    {
        var geolocator = Open(Missing);

        Assert.Null(geolocator.Locate(London));
        PassRecheck();
        Assert.Null(geolocator.Locate(London));
        Assert.Contains($"'{Missing}', but there is no such file", Assert.Single(Warnings), StringComparison.Ordinal);

        File.Copy(MaxMindFiles.Path("GeoLite2-City-Test"), Missing);
        PassRecheck();
        Assert.Equal("London", geolocator.Locate(London)!.City);
        Assert.Single(Warnings);
    }

    [Theory]
    [InlineData("GeoIP2-Connection-Type-Test", "it is a GeoIP2-Connection-Type database, but a City, Country or Enterprise database is needed")]
    [InlineData("GeoLite2-ASN-Test", "it is a GeoLite2-ASN database, but a City, Country or Enterprise database is needed")]
    [InlineData("MaxMind-DB-test-broken-pointers-24", "it is a Test database")]
    [InlineData("MaxMind-DB-test-broken-search-tree-24", "it is a Test database")]
    [InlineData("GeoIP2-City-Test-Broken-Double-Format", "it is corrupt")]
    [InlineData("GeoIP2-City-Test-Invalid-Node-Count", "it is corrupt")]
    public void A_file_that_cannot_be_used_leaves_places_blank_and_is_warned_of_once(string file, string reason)
    {
        var path = MaxMindFiles.Path(file);
        var geolocator = Open(path);

        for (var i = 0; i < 5; i++)
        {
            Assert.Null(geolocator.Locate(London));
            PassRecheck();
        }

        var warning = Assert.Single(Warnings);
        Assert.Contains($"Geolocation.DatabasePath is '{path}', but {reason}", warning, StringComparison.Ordinal);
        Assert.DoesNotContain(London.ToString(), warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_city_file_is_no_network_file()
    {
        var geolocator = Open(places: null, MaxMindFiles.Path("GeoLite2-City-Test"));

        Assert.Null(geolocator.Locate(London));
        Assert.Contains("Geolocation.AsnDatabasePath", Assert.Single(Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_database_is_warned_of_once()
    {
        File.WriteAllText(Missing, "This is not a database.");
        var geolocator = Open(Missing);

        Assert.Null(geolocator.Locate(London));
        PassRecheck();
        Assert.Null(geolocator.Locate(London));

        Assert.Contains("it is no MaxMind database, or a corrupt one", Assert.Single(Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_replaced_file_is_taken_up_without_a_restart()
    {
        var path = Copy("GeoLite2-Country-Test");
        var geolocator = Open(path);
        Assert.Null(geolocator.Locate(London)!.City);

        Replace(path, "GeoLite2-City-Test");
        Assert.Null(geolocator.Locate(London)!.City);
        PassRecheck();

        Assert.Equal("London", geolocator.Locate(London)!.City);
        Assert.Empty(Warnings);
    }

    [Fact]
    public void A_link_that_is_turned_to_another_file_is_a_replaced_file()
    {
        var country = Copy("GeoLite2-Country-Test", "country.mmdb");
        var city = Copy("GeoLite2-City-Test", "city.mmdb");
        File.CreateSymbolicLink(Missing, country);
        var geolocator = Open(Missing);
        Assert.Null(geolocator.Locate(London)!.City);

        File.Delete(Missing);
        File.CreateSymbolicLink(Missing, city);
        PassRecheck();

        Assert.Equal("London", geolocator.Locate(London)!.City);
    }

    [Fact]
    public void What_was_opened_stays_in_use_when_the_file_is_deleted_or_replaced_by_rubbish()
    {
        var path = Copy("GeoLite2-City-Test");
        var geolocator = Open(path);
        Assert.NotNull(geolocator.Locate(London));

        File.Delete(path);
        PassRecheck();
        Assert.Equal("London", geolocator.Locate(London)!.City);
        File.WriteAllBytes(path, new byte[10_000]);
        PassRecheck();
        Assert.Equal("London", geolocator.Locate(London)!.City);

        Assert.Equal(2, Warnings.Count);
        Assert.All(Warnings, warning => Assert.Contains("What was opened before stays in use", warning, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Replaced_truncated_and_deleted_under_load_it_answers_as_before()
    {
        var path = Copy("GeoLite2-City-Test");
        var geolocator = Open(path);
        Assert.NotNull(geolocator.Locate(London));
        Time.AutoAdvanceAmount = TimeSpan.FromSeconds(1); // every tenth look-up looks at the file
        using var over = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => ReadUntil(geolocator, over.Token))).ToArray();

        for (var round = 0; round < 100; round++)
        {
            await Task.Yield();
            switch (round % 4)
            {
                case 0:
                    Replace(path, "GeoIP2-City-Test");
                    break;
                case 1:
                    using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
                    {
                        file.SetLength(round % 8 == 1 ? 0 : file.Length / 2);
                    }

                    break;
                case 2:
                    File.Delete(path);
                    break;
                default:
                    Replace(path, "GeoLite2-City-Test");
                    break;
            }

            geolocator.Locate(London);
            PassRecheck();
        }

        await over.CancelAsync();
        var answers = await Task.WhenAll(readers);
        Assert.All(answers, count => Assert.True(count > 0));
        Assert.Equal("London", geolocator.Locate(London)!.City);
    }

    [Fact]
    public async Task Closed_under_load_it_knows_nothing_any_more_and_does_not_throw()
    {
        var geolocator = Open(MaxMindFiles.Path("GeoLite2-City-Test"));
        Assert.NotNull(geolocator.Locate(London));
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (geolocator.Locate(London) is not null)
            {
            }
        })).ToArray();

        geolocator.Dispose();

        await Task.WhenAll(readers).WaitAsync(TimeSpan.FromSeconds(60));
        PassRecheck();
        Assert.Null(geolocator.Locate(London));
        Assert.Empty(Warnings);
    }

    [Fact]
    public void A_database_is_closed_when_the_last_of_its_readers_is_done()
    {
        var reader = DatabaseCopy.Open(MaxMindFiles.Path("GeoLite2-City-Test"), ["en"]);
        var database = new OpenDatabase(reader, DatabaseContent.Cities);
        Assert.True(database.TryAcquire());

        database.Release();
        Assert.True(reader.TryCity(London, out _));
        database.Release();

        Assert.False(database.TryAcquire());
        Assert.ThrowsAny<Exception>(() => reader.TryCity(London, out _));
    }

    [Fact]
    public void The_copy_that_is_mapped_leaves_nothing_behind()
    {
        var folder = Directory.CreateTempSubdirectory("sessions-geo-");

        using var reader = DatabaseCopy.Open(MaxMindFiles.Path("GeoLite2-City-Test"), ["en"], folder.FullName);

        Assert.True(reader.TryCity(London, out _));
        Assert.Empty(folder.EnumerateFileSystemInfos());
        folder.Delete();
    }

    [Fact]
    public void Where_no_copy_can_be_put_it_is_held_in_memory()
    {
        using var reader = DatabaseCopy.Open(MaxMindFiles.Path("GeoLite2-City-Test"), ["en"], Path.Combine(Path.GetTempPath(), "is-not-there"));

        Assert.True(reader.TryCity(London, out _));
    }

    private static int ReadUntil(MaxMindGeolocator geolocator, CancellationToken over)
    {
        var answers = 0;
        while (!over.IsCancellationRequested || answers == 0)
        {
            Assert.Equal("London", geolocator.Locate(London)!.City);
            answers++;
        }

        return answers;
    }
}
