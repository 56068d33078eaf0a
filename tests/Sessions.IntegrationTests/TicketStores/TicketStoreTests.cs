using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Concurrency;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.TicketStores;

/// <summary>Hosts that keep their tickets on the server, with a pointer to them in the cookie.</summary>
public sealed class TicketStoreTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ticket_from_before_the_install_stays_one_session_over_renewals_and_is_revoked_like_any_other(bool sharesObjects)
    {
        await using var database = TestDatabase.Sqlite();
        var tickets = new HeldTickets(sharesObjects);
        var (app, devices) = await StartAfterInstallAsync(database, tickets);
        await using var running = app;
        var early = devices[0].Ticket;

        Assert.True(await devices[0].IsSignedInAsync());
        Assert.Equal(early, devices[0].Ticket);
        Assert.True(tickets.AreKeyed);
        await RenewAsync(app, devices[0]);
        Assert.NotEqual(early, devices[0].Ticket);
        Assert.True(await devices[0].IsSignedInAsync());
        Assert.True(await ConcurrentApp.WithTicket(app, early!).IsSignedInAsync());
        Assert.True(Assert.Single(await app.SessionsAsync()).IsAdopted);

        await app.RevokeAllAsync();

        Assert.False(await ConcurrentApp.WithTicket(app, early!).IsSignedInAsync());
        Assert.False(await devices[0].IsSignedInAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_renewal_in_the_very_response_of_the_adoption_leaves_one_ticket_with_the_key_in_it(bool sharesObjects)
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await StartAfterInstallAsync(database, new HeldTickets(sharesObjects));
        await using var running = app;

        await RenewAsync(app, devices[0]);
        await RenewAsync(app, devices[0]);

        Assert.Single(await app.SessionsAsync());
    }

    [Fact]
    public async Task One_that_was_renewed_in_an_outage_is_adopted_as_what_it_was_before()
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await StartAfterInstallAsync(database, new HeldTickets());
        await using var running = app;
        var early = devices[0].Ticket!;
        var issued = app.Time.GetUtcNow();
        await database.RenameAsync("AspNetUserSessions", "Gone");
        await RenewAsync(app, devices[0]);
        await database.RenameAsync("Gone", "AspNetUserSessions");

        Assert.True(await ConcurrentApp.WithTicket(app, early).IsSignedInAsync());
        Assert.True(await devices[0].IsSignedInAsync());

        Assert.True(Assert.Single(await app.SessionsAsync()).CreatedAt <= issued);
    }

    [Fact]
    public async Task One_that_was_refused_by_a_decision_about_all_stays_refused_though_the_handler_renewed_it()
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await StartAfterInstallAsync(database, new HeldTickets(removes: false));
        await using var running = app;
        var copy = devices[0].Copy();
        app.Time.Advance(TimeSpan.FromDays(1));
        await app.RevokeAllAsync();
        app.Time.Advance(TimeSpan.FromDays(7));

        Assert.False(await devices[0].IsSignedInAsync());
        Assert.False(await copy.IsSignedInAsync());

        var session = Assert.Single(await app.SessionsAsync());
        Assert.Equal((true, SessionEndReason.RevokedByAdmin), (session.IsAdopted, session.EndReason));
        Assert.Equal([SessionEventKind.Revoked], (await app.EventsAsync()).Select(row => row.Kind));
    }

    [Fact]
    public async Task A_refused_one_is_removed_so_that_no_older_cookie_leads_to_it()
    {
        await using var database = TestDatabase.Sqlite();
        var tickets = new HeldTickets();
        var (app, devices) = await StartAfterInstallAsync(database, tickets);
        await using var running = app;
        await database.RenameAsync("AspNetUserSessions", "Gone");
        var older = devices[0].Copy();
        await RenewAsync(app, devices[0]);
        await database.RenameAsync("Gone", "AspNetUserSessions");
        await app.RevokeAllAsync();
        app.Time.Advance(TimeSpan.FromDays(8));

        Assert.False(await devices[0].IsSignedInAsync());
        Assert.Equal(0, tickets.Count);
        Assert.False(await older.IsSignedInAsync());
    }

    [Fact]
    public async Task Somebody_who_signs_in_is_tracked_renewed_and_signed_out()
    {
        await using var app = await TestApp.StartAsync(setup => setup.ConfigureServices = services => Use(services, new HeldTickets()));
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync(persistent: true);
        await RenewAsync(app, device);
        var copy = device.Copy();
        Assert.True(await copy.IsSignedInAsync());

        await device.PostAsync("/signout");

        Assert.False(await copy.IsSignedInAsync());
        Assert.Equal(SessionEndReason.SignedOut, Assert.Single(await app.SessionsAsync()).EndReason);
    }

    private static Task<(TestApp App, Device[] Devices)> StartAfterInstallAsync(TestDatabase database, HeldTickets tickets) =>
        ConcurrentApp.StartAfterInstallAsync(database, 1, services: services => Use(services, tickets));

    private static void Use(IServiceCollection services, HeldTickets tickets) =>
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options => options.SessionStore = tickets);

    // Past the half of its life a ticket slides.
    private static async Task RenewAsync(TestApp app, Device device)
    {
        app.Time.Advance(TimeSpan.FromDays(8));
        Assert.True(await device.IsSignedInAsync());
    }
}
