namespace Sessions.BrowserTests.Templates;

/// <summary>
/// Every way to sign in that the Blazor template offers, in a real browser. It takes minutes: leave it out with
/// <c>dotnet test --filter "Category!=Templates"</c>.
/// </summary>
[Trait("Category", "Templates")]
[Collection(BlazorTemplateApp.Name)]
public sealed class BlazorTemplateTests(BlazorTemplate app)
{
    [Fact]
    public async Task A_password_signs_in_and_a_wrong_one_is_a_failure()
    {
        const string email = "ada@example.com";
        await using var visitor = await app.VisitAsync();
        await visitor.RegisterAsync(email);
        var before = (await app.TrailAsync()).Count;

        await visitor.TryPasswordAsync(email, "wrong");
        await visitor.ExpectRefusedAsync();
        await visitor.TryPasswordAsync(email, TemplateVisitor.Password);
        await visitor.ExpectSignedInAsync();
        await visitor.SignOutAsync();

        Assert.Equal(["password - SignedOut"], await app.SessionsOfAsync(email));
        Assert.Equal(
            [$"SignInFailed password - {email} wrong_password nobody", "SignedIn password - - - linked", "SignedOut password - - - linked"],
            (await app.TrailAsync()).Skip(before));
    }

    [Fact]
    public async Task A_passkey_signs_in_and_nothing_else_is_written()
    {
        const string email = "grace@example.com";
        await using var visitor = await app.VisitAsync();
        await WithPasskeyAsync(visitor, email);
        await visitor.SignOutAsync();
        var before = (await app.TrailAsync()).Count;

        await visitor.TryPasskeyAsync();
        await visitor.ExpectSignedInAsync();

        Assert.Equal(["password - SignedOut", "passkey - live"], await app.SessionsOfAsync(email));
        Assert.Equal(["SignedIn passkey - - - linked"], (await app.TrailAsync()).Skip(before));
    }

    [Fact]
    public async Task A_passkey_that_its_owner_has_deleted_is_a_failure_without_an_identity()
    {
        const string email = "edsger@example.com";
        await using var visitor = await app.VisitAsync();
        await WithPasskeyAsync(visitor, email);
        await visitor.DeletePasskeyAsync();
        await visitor.SignOutAsync();
        var before = (await app.TrailAsync()).Count;

        await visitor.TryPasskeyAsync();
        await visitor.ExpectRefusedAsync();

        Assert.Equal(["password - SignedOut"], await app.SessionsOfAsync(email));
        Assert.Equal(["SignInFailed passkey - - passkey_failed nobody"], (await app.TrailAsync()).Skip(before));
    }

    [Fact]
    public async Task An_external_login_registers_first_and_then_goes_straight_in()
    {
        const string email = "barbara@example.com";
        await using var visitor = await app.VisitAsync();
        var before = (await app.TrailAsync()).Count;
        await visitor.RegisterByProviderAsync(email);
        Assert.Empty(await app.SessionsOfAsync(email));
        Assert.Equal(before, (await app.TrailAsync()).Count);

        await visitor.ComeByProviderAsync(email);
        await visitor.ExpectSignedInAsync();

        Assert.Equal(["external exampleid live"], await app.SessionsOfAsync(email));
        Assert.Equal(["SignedIn external exampleid - - linked"], (await app.TrailAsync()).Skip(before));
    }

    [Fact]
    public async Task A_circuit_ends_with_its_session_and_the_person_is_led_to_the_login_page()
    {
        const string email = "alan@example.com";
        await using var live = await app.VisitAsync();
        await live.RegisterAsync(email);
        await live.TryPasswordAsync(email, TemplateVisitor.Password);
        await live.ExpectSignedInAsync();
        await live.CountAsync(email);
        await using var other = await app.VisitAsync();
        await other.TryPasswordAsync(email, TemplateVisitor.Password);
        await other.ExpectSignedInAsync();

        await other.EndOthersAsync();

        await live.ExpectLoginPageAsync();
        await other.CountAsync(email);
    }

    [Fact]
    public async Task A_tab_whose_cookie_is_another_persons_now_goes_on_as_neither_in_the_old_circuit()
    {
        const string first = "alonzo@example.com", second = "haskell@example.com";
        await using var live = await app.VisitAsync();
        await live.RegisterAsync(first);
        await live.RegisterAsync(second);
        await live.TryPasswordAsync(first, TemplateVisitor.Password);
        await live.ExpectSignedInAsync();
        await live.CountAsync(first);
        await using var tab = await live.OpenTabAsync();

        await tab.TryPasswordAsync(second, TemplateVisitor.Password);
        await tab.ExpectSignedInAsync();

        await live.ExpectNothingOfAsync(first);
        await live.CountAsync(second);
    }

    [Fact]
    public async Task What_Blazor_keeps_of_a_paused_circuit_is_resumed_by_its_own_session_and_by_nobody_else()
    {
        const string first = "kurt@example.com", second = "emmy@example.com";
        await using var live = await app.VisitAsync();
        await live.RegisterAsync(first);
        await live.RegisterAsync(second);
        await live.SignInAsync(first);
        await live.CountAsync(first);
        var count = await live.CountedAsync();
        await live.PauseAsync();
        await live.ResumeAsync();
        await live.ExpectCountAsync(first, count);
        await live.PauseAsync();
        await using var tab = await live.OpenTabAsync();

        await tab.SignInAsync(second);
        await live.ResumeAsync();

        await live.ExpectCountAsync(second, 0);
        await live.ExpectNothingOfAsync(first);
    }

    private static async Task WithPasskeyAsync(TemplateVisitor visitor, string email)
    {
        await visitor.HavePasskeysAsync();
        await visitor.RegisterAsync(email);
        await visitor.TryPasswordAsync(email, TemplateVisitor.Password);
        await visitor.ExpectSignedInAsync();
        await visitor.AddPasskeyAsync();
    }
}
