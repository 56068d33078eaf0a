using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.PersonalData;

/// <summary>Identity UI's own page "Download your personal data", with ours in its file.</summary>
public sealed class DownloadTests
{
    private const string PagePath = "/Identity/Account/Manage/PersonalData";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Identitys_own_data_are_handed_out_while_ours_can_not_be_read_and_the_file_says_so(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        var form = await FormAsync(device);
        await database.RenameAsync("AspNetSessionEvents", "away");

        var file = await DownloadAsync(device, form);

        Assert.Equal("ada@example.com", file.GetProperty("Email").GetString());
        Assert.Equal("Sessions and login history could not be read just now. Please try again later.", file.GetProperty("Sessions").GetString());
        Assert.False(file.TryGetProperty("LoginHistory", out _));

        await database.RenameAsync("away", "AspNetSessionEvents");
        file = await DownloadAsync(device, form);
        Assert.Equal(1, file.GetProperty("Sessions").GetArrayLength());
        Assert.Equal(1, file.GetProperty("LoginHistory").GetArrayLength());
    }

    private static Task<TestApp> StartAsync(TestDatabase database) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.ConfigureIdentity = services =>
        {
            services.AddRazorPages().AddApplicationPart(typeof(DevicesModel).Assembly);
            return services.AddDefaultIdentity<IdentityUser>().AddEntityFrameworkStores<TestDb>();
        };
        setup.ConfigureEndpoints = endpoints => endpoints.MapRazorPages();
    });

    private static async Task<(string Action, Dictionary<string, string> Fields)> FormAsync(Device device)
    {
        using var answer = await device.GetAsync(PagePath);
        var form = (await PageHost.ReadAsync(answer)).QuerySelector("form[action*=DownloadPersonalData]");
        Assert.NotNull(form);
        return (form.GetAttribute("action")!, form.QuerySelectorAll("input[type=hidden]").ToDictionary(field => field.GetAttribute("name")!, field => field.GetAttribute("value")!));
    }

    private static async Task<JsonElement> DownloadAsync(Device device, (string Action, Dictionary<string, string> Fields) form)
    {
        using var answer = await device.PostFormAsync(form.Action, form.Fields);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        using var document = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
        return document.RootElement.Clone();
    }
}
