using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Words;

namespace Sessions.UI.Tests.Words;

/// <summary>What hooks are told of reasons.</summary>
public sealed class WordLabelsTests
{
    [Fact]
    public async Task A_hook_gets_the_reason_in_the_words_of_the_pages_and_a_hosts_own_code_as_it_reads()
    {
        var told = System.Threading.Channels.Channel.CreateUnbounded<string?>();
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Options = options => options.Events.OnEvent = async context => await told.Writer.WriteAsync(context.ReasonLabel, context.CancellationToken);
            setup.ConfigureEndpoints = endpoints => endpoints.MapPost(
                "/custom", (HttpContext context, string reason) => context.RecordFailedSignInAsync("ada@example.com", reason));
        });
        var words = await app.InScopeAsync(services => Task.FromResult(services.GetRequiredService<SessionWords>()));

        await app.NewDevice().PostAsync("/custom?reason=wrong_password");
        await app.NewDevice().PostAsync("/custom?reason=link_expired");

        Assert.Equal(words.Failure(SignInFailureReason.WrongPassword), await NextAsync(told.Reader));
        Assert.Equal("Link expired", await NextAsync(told.Reader));
    }

    private static Task<string?> NextAsync(System.Threading.Channels.ChannelReader<string?> told) =>
        told.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Eventually.Patience);
}
