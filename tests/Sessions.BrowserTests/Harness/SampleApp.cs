using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;

namespace Sessions.BrowserTests.Harness;

/// <summary>The sample app on a real Kestrel and a free port, with a fresh database, under a strict Content-Security-Policy.</summary>
internal sealed class SampleApp : WebApplicationFactory<Program>
{
    private readonly string _database = Path.Combine(Path.GetTempPath(), $"sessions-browser-{Guid.NewGuid():N}.db");

    private readonly DirectoryInfo _mails = Directory.CreateTempSubdirectory("sessions-mails-");

    private readonly Action<IWebHostBuilder>? _configure;

    public SampleApp(Action<IWebHostBuilder>? configure = null)
    {
        _configure = configure;
        UseKestrel(port: 0);
    }

    public string Start()
    {
        StartServer();
        return Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }

    /// <summary>The files of the mails that the app has written.</summary>
    public IEnumerable<string> Mails => Directory.EnumerateFiles(_mails.FullName, "*.eml");

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:Default", $"Data Source={_database};Pooling=False");
        builder.UseSetting("MailFolder", _mails.FullName);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        _configure?.Invoke(builder);
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IStartupFilter, StrictContentPolicy>();

            // These tests are about pages: a machine that is slow for a moment is no outage here.
            services.Configure<UserSessionOptions>(options => options.TrackingTimeout = TimeSpan.FromMinutes(1));
        });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _mails.Delete(recursive: true);
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_database) + "*"))
        {
            File.Delete(file);
        }
    }
}
