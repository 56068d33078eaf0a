using System.Net;
using System.Text.RegularExpressions;
using Sessions.Tests.Templates;

namespace Sessions.BrowserTests;

/// <summary>The Blazor sample as a newcomer runs it: it makes its database, names its user, and shows them their devices.</summary>
public sealed partial class BlazorSampleTests
{
    private const string ThisDevice = "sessions-this-device";

    [Fact]
    public async Task It_starts_on_an_empty_folder_and_the_demo_user_finds_their_devices()
    {
        var folder = Directory.CreateTempSubdirectory("sessions-sample-");
        try
        {
            await using var app = await RunningApp.StartAsync(
                Path.Combine(Tool.Repository, "samples", "BlazorApp"),
                Path.Combine(AppContext.BaseDirectory, "..", "..", "BlazorApp", new DirectoryInfo(AppContext.BaseDirectory).Name, "BlazorApp.dll"),
                folder.FullName,
                environment => environment["ConnectionStrings__Default"] = $"Data Source={Path.Combine(folder.FullName, "app.db")};Pooling=False");
            using var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = app.Address };
            var login = await client.GetStringAsync(new Uri("/Account/Login", UriKind.Relative));
            var demo = Demo().Match(login);
            using var form = new FormUrlEncodedContent(
            [
                new("_handler", "login"),
                new("__RequestVerificationToken", Token().Match(login).Groups[1].Value),
                new("Input.Email", demo.Groups[1].Value),
                new("Input.Password", demo.Groups[2].Value),
            ]);

            using var answer = await client.PostAsync(new Uri("/Account/Login?ReturnUrl=Account/Manage/Devices", UriKind.Relative), form);
            var page = await answer.Content.ReadAsStringAsync();

            // On a machine that is slow for a moment the sign-in goes on without its row, and one of the next requests writes it.
            for (var tries = 0; tries < 20 && !page.Contains(ThisDevice, StringComparison.Ordinal); tries++)
            {
                page = await client.GetStringAsync(answer.RequestMessage!.RequestUri);
            }

            Assert.Equal("/Account/Manage/Devices", answer.RequestMessage!.RequestUri!.AbsolutePath);
            Assert.Contains("Manage your account", page, StringComparison.Ordinal);
            Assert.Contains(ThisDevice, page, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("<code>([^<]+)</code>, <code>([^<]+)</code>")]
    private static partial Regex Demo();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
