using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;

namespace Sessions.Identity.Notices;

/// <summary>Sends the mails that wait, one after the other, off the request path and away from the hooks. One that fails is tried again a few times.</summary>
internal sealed class MailService(MailQueue queue, IServiceScopeFactory scopes, TimeProvider time, ILogger<MailService> logger) : BackgroundService
{
    // A sender that hangs must not keep the others waiting for ever.
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan[] _pauses = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30)];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var mail in queue.Waiting.ReadAllAsync(stoppingToken))
            {
                await TryAsync(mail, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            queue.Close();

            // What is left is tried once before the app is gone.
            while (queue.Waiting.TryRead(out var left))
            {
                await TryAsync(left, stoppingToken);
            }
        }
    }

    private async Task TryAsync(PendingMail mail, CancellationToken stoppingToken)
    {
        if (await AttemptAsync(mail) is not { } fault)
        {
            queue.Sent();
            return;
        }

        if (stoppingToken.IsCancellationRequested || mail.Tries >= _pauses.Length)
        {
            queue.Lose(stoppingToken.IsCancellationRequested ? "stopped" : "gave_up");
            logger.MailGivenUp(mail.SignedIn.Info.Id, mail.Tries + 1, fault.GetType().Name);
            return;
        }

        var pause = _pauses[mail.Tries++];
        logger.MailFailed(mail.SignedIn.Info.Id, fault.GetType().Name, pause);
        _ = TryLaterAsync(mail, pause, stoppingToken);
    }

    private async Task TryLaterAsync(PendingMail mail, TimeSpan pause, CancellationToken stoppingToken)
    {
        await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        queue.AddAgain(mail);
    }

    private async Task<Exception?> AttemptAsync(PendingMail mail)
    {
        var limit = new CancellationTokenSource();
        Task? running = null;
        try
        {
            // On a thread of its own: it may block instead of waiting.
            running = Task.Run(() => SendAsync(mail, limit.Token), CancellationToken.None);
            await running.WaitAsync(_longest, time, CancellationToken.None);
            return null;
        }
#pragma warning disable CA1031 // A host's sender may throw anything; it must not stop the others.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return fault;
        }
        finally
        {
            Release(running, limit);
        }
    }

    private static void Release(Task? running, CancellationTokenSource limit)
    {
        if (running is null or { IsCompleted: true })
        {
            limit.Dispose();
            return;
        }

        running.ContinueWith(
            static task => _ = task.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        // Not on this thread: what listens to the token is the sender's own, and may hang like it.
        _ = limit.CancelAsync();
    }

    // In the language of the sign-in's request: that is what is known of the person's.
    private async Task SendAsync(PendingMail mail, CancellationToken cancellationToken)
    {
        if (mail.SignedIn.Request is { } request)
        {
            CultureInfo.CurrentCulture = request.Culture;
            CultureInfo.CurrentUICulture = request.UICulture;
        }

        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NewDeviceMailer>().SendAsync(mail, cancellationToken);
    }
}
