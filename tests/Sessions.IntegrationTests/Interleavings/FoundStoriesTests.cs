using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Interleavings;

/// <summary>Stories that were once found to break the rules, each played again.</summary>
public sealed class FoundStoriesTests
{
    public static TheoryData<string, int> Runs => new() { { "sqlite", 30 }, { "sqlite", 0 }, { "postgres", 30 }, { "postgres", 0 } };

    // With Identity's own check at each request its answer signed the browser out that had just changed its password.
    [Theory]
    [MemberData(nameof(Runs))]
    public Task A_late_request_of_a_browser_that_signed_in_again_and_changed_its_password_passes(string provider, int stampInterval) => PlayAsync(
        provider,
        stampInterval,
        One(StepKind.SignIn),
        One(StepKind.CopyCookie),
        One(StepKind.SignIn),
        One(StepKind.ChangePassword),
        One(StepKind.AskWithCopy));

    [Theory]
    [MemberData(nameof(Runs))]
    public Task A_browser_that_signs_in_again_while_a_late_request_of_it_changes_the_password_stays(string provider, int stampInterval) => PlayAsync(
        provider,
        stampInterval,
        One(StepKind.SignIn),
        One(StepKind.CopyCookie),
        [new Step(StepKind.SignIn, 1, 0), new Step(StepKind.ChangePasswordWithCopy, 1, 0), new Step(StepKind.SignIn, 2, 0)],
        One(StepKind.Ask));

    private static Step[] One(StepKind kind) => [new Step(kind, 1, 0)];

    private static async Task PlayAsync(string provider, int stampInterval, params Step[][] moments)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await InterleavingTests.StartAsync(database, TimeSpan.FromMinutes(stampInterval));
        await InterleavingTests.PlayAsync(app, new Story(moments));
    }
}
