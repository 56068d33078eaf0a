using Sessions.Identity;

namespace Sessions.IntegrationTests.Interleavings;

/// <summary>Plays a story and compares after each moment what the database says with what the rules say.</summary>
internal sealed class Chronicle(World world)
{
    private readonly Dictionary<Guid, DateTimeOffset> _lastActive = [];
    private readonly string?[] _deviceIds = new string?[Stories.Devices];

    private static readonly string?[] _live = [null];

    private List<IdentityUserSession<string>> _rows = [];

    public async Task PlayAsync(Story story)
    {
        foreach (var moment in story.Moments)
        {
            await (moment.Length == 1 ? PlayAloneAsync(moment[0]) : PlayAtOnceAsync(moment));
        }

        // Whoever has a cookie, or a copy of one, shows it at the end.
        for (var device = 0; device < Stories.Devices; device++)
        {
            await PlayAloneAsync(new Step(StepKind.AskWithCopy, device, 0));
            await PlayAloneAsync(new Step(StepKind.Ask, device, 0));
        }
    }

    private async Task PlayAloneAsync(Step step)
    {
        var now = world.Now;
        var rules = new Rules(_rows, _lastActive, await world.StampDigestAsync(), now);
        var own = world.SessionOf(step.Device, _rows, step.IsOfCopy);
        var cookie = world.TicketOfCopy(step.Device);
        var target = world.SessionOf(step.Other, _rows)?.Id ?? Guid.Empty;
        var (isDone, arrives) = Apply(rules, step, own, target);

        Assert.True(isDone == await world.DoAsync(step, target), $"{step}: {(isDone ? "refused" : "let in")} by mistake");
        if (arrives && own is { EndedAt: null })
        {
            _lastActive[own.Id] = now;
        }

        if (isDone && step.IsOfCopy && step.Kind != StepKind.SignOutWithCopy && own is { EndReason: SessionEndReason.Superseded })
        {
            Assert.True(cookie == world.TicketOfCopy(step.Device), $"{step}: a late answer takes the place of its browser's newer cookie");
        }

        var before = _rows;
        await ReadAsync(step.Kind == StepKind.SignIn ? [step] : []);
        foreach (var row in before)
        {
            var (is_, was) = (_rows.Single(one => one.Id == row.Id), row);
            string?[] expected = was.EndedAt is not null ? [was.EndReason] : rules.Ends.TryGetValue(row.Id, out var reasons) ? reasons : _live;
            Assert.True(expected.Contains(is_.EndReason), $"{step}: a session is {is_.EndReason ?? "live"} instead of {string.Join("/", expected.Select(reason => reason ?? "live"))}");
        }

        var begun = _rows.Where(row => before.TrueForAll(one => one.Id != row.Id)).ToList();
        Assert.True(begun.Count == (step.Kind == StepKind.SignIn ? 1 : 0) && begun.TrueForAll(row => row.EndedAt is null), $"{step}: {begun.Count} sessions began");
    }

    private (bool IsDone, bool Arrives) Apply(Rules rules, Step step, IdentityUserSession<string>? own, Guid target)
    {
        switch (step.Kind)
        {
            case StepKind.SignIn:
                rules.SignIn(own, _deviceIds[step.Device]);
                return (true, false);
            case StepKind.Ask or StepKind.AskWithCopy:
                var isIn = rules.Arrive(own);
                return (isIn, isIn);
            case StepKind.SignOut:
                rules.SignOut(own);
                return (true, false);
            case StepKind.SignOutWithCopy:
                rules.SignOut(own);
                return (world.HasCopy(step.Device), false);
            case StepKind.RevokeOne or StepKind.RevokeOthers or StepKind.ChangePassword or StepKind.ChangePasswordWithCopy:
                return rules.Arrive(own) ? (Change(rules, step, own!, target), true) : (false, false);
            case StepKind.RevokeAll:
                rules.End(SessionEndReason.RevokedByAdmin, _ => true);
                break;
            case StepKind.ChangeStamp:
                rules.End(SessionEndReason.SecurityStampChanged, _ => true);
                break;
            case StepKind.Sweep:
                rules.Sweep();
                break;
            default:
                break;
        }

        return (true, false);
    }

    // Nobody revokes the session they are in: that is what signing out is for.
    private static bool Change(Rules rules, Step step, IdentityUserSession<string> own, Guid target)
    {
        var isDone = step.Kind != StepKind.RevokeOne || (rules.IsLive(target) && target != own.Id);
        rules.End(
            AllowedBy(step.Kind)!,
            row => row.Id != own.Id && !Rules.IsSuperseded(own, row.DeviceId) && (step.Kind != StepKind.RevokeOne || row.Id == target));
        return isDone;
    }

    // What happens at once has no order, so the rules say what may be, and what must be whatever the order.
    private async Task PlayAtOnceAsync(Step[] moment)
    {
        var now = world.Now;
        var before = _rows;
        var stamp = await world.StampDigestAsync();
        var acts = moment.Select(step => new Act(
            step, world.SessionOf(step.Device, before, step.IsOfCopy)?.Id, world.SessionOf(step.Other, before)?.Id ?? Guid.Empty)).ToList();
        var done = await Task.WhenAll(acts.Select(act => Task.Run(() => world.DoAsync(act.Step, act.Target))));
        var rulesBefore = new Rules(before, new Dictionary<Guid, DateTimeOffset>(_lastActive), stamp, now);
        await ReadAsync(moment);
        foreach (var (act, isDone) in acts.Zip(done))
        {
            act.IsDone = isDone;
            if (isDone && act.ComesAsPerson && act.Own is { } id)
            {
                _lastActive[id] = now;
            }
        }

        var what = string.Join(", ", moment.Select(step => step.ToString()));
        foreach (var row in _rows)
        {
            var was = before.Find(one => one.Id == row.Id);
            if (was?.EndedAt is not null)
            {
                Assert.True(was.EndReason == row.EndReason && was.EndedAt == row.EndedAt, $"{what}: an ended session changed from {was.EndReason} to {row.EndReason}");
            }
            else if (row.EndedAt is not null)
            {
                Assert.True(acts.Exists(act => act.MayEnd(row, _rows, was is null || rulesBefore.IsOver(was), was is not null && rulesBefore.IsStale(was))), $"{what}: a session ended as {row.EndReason}, which nobody did to it");
            }
            else if (was is not null)
            {
                Assert.False(acts.Exists(act => act.MustEnd(row, _rows)), $"{what}: a session stayed that had to end");
                Assert.True(acts.TrueForAll(act => act.IsDone || !act.OnlyAsks || act.Own != row.Id), $"{what}: a session that goes on was refused by mistake");
            }
        }

        var valid = _rows.Where(row => row.EndedAt is null && !new Rules(_rows, _lastActive, stamp, now).IsOver(row)).ToList();
        Assert.True(valid.Count <= Rules.Cap, $"{what}: {valid.Count} live sessions over the cap");
    }

    internal static string? AllowedBy(StepKind kind) => kind switch
    {
        StepKind.SignOut or StepKind.SignOutWithCopy => SessionEndReason.SignedOut,
        StepKind.RevokeOne => SessionEndReason.RevokedByUser,
        StepKind.RevokeOthers => SessionEndReason.RevokedEverywhereElse,
        StepKind.RevokeAll => SessionEndReason.RevokedByAdmin,
        StepKind.ChangePassword or StepKind.ChangePasswordWithCopy => SessionEndReason.PasswordChanged,
        StepKind.ChangeStamp => SessionEndReason.SecurityStampChanged,
        _ => null,
    };

    // What always holds, in whatever order things happened.
    private async Task ReadAsync(Step[] signIns)
    {
        _rows = await world.RowsAsync();
        foreach (var row in _rows)
        {
            _lastActive.TryAdd(row.Id, row.CreatedAt);
        }

        foreach (var step in signIns.Where(step => step.Kind == StepKind.SignIn))
        {
            _deviceIds[step.Device] = world.SessionOf(step.Device, _rows)?.DeviceId;
        }

        var events = await world.EventsAsync();
        foreach (var row in _rows)
        {
            var ends = events.Where(one => one.SessionId == row.Id && one.Kind != SessionEventKind.SignedIn).Select(one => (one.Kind, one.EndReason)).ToList();
            var kind = row.EndReason is null ? null : SessionEndReason.EventKindOf(row.EndReason);
            Assert.True(
                kind is null ? ends.Count == 0 : ends.Count == 1 && ends[0] == (kind, row.EndReason),
                $"A session that is {row.EndReason ?? "live"} has these events: {string.Join(", ", ends)}");
            Assert.Single(events, one => one.SessionId == row.Id && one.Kind == SessionEventKind.SignedIn);
        }

        Assert.DoesNotContain(_rows.Where(row => row.EndedAt is null).GroupBy(row => row.DeviceId), ofBrowser => ofBrowser.Count() > 1);
    }
}
