using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: reading stored devices anew, in batches, by statements of its own. It is one of the few things that may touch events.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    private const int DevicesPerBatch = 500;

    public async Task<int> ReparseDevicesAsync(DeviceTable table, Func<StoredClues, DeviceInfo> parse, CancellationToken cancellationToken) =>
        table == DeviceTable.Sessions
            ? await ReparseAsync(Sessions, parse, cancellationToken)
            : await ReparseAsync(Events, parse, cancellationToken);

    public PreparedWrite PrepareNaming(Guid sessionId, SessionOrigin origin)
    {
        var lease = Lease();
        _ = lease.Context.Model; // takes what the context needs of the scope
        return new PreparedWrite(lease, cancellationToken => NameAsync(lease.Context, sessionId, origin, cancellationToken));
    }

    // Once: a row that has a device keeps it.
    private static async Task NameAsync(TContext context, Guid sessionId, SessionOrigin origin, CancellationToken cancellationToken)
    {
        var row = new IdentityUserSession<TKey>();
        SessionRows.Describe(row, origin);
        await Sessions(context)
            .Where(session => session.Id == sessionId && session.EndedAt == null && session.DeviceType == null)
            .ExecuteUpdateAsync(
                session => session
                    .SetProperty(stored => stored.UserAgent, row.UserAgent)
                    .SetProperty(stored => stored.ClientHints, row.ClientHints)
                    .SetProperty(stored => stored.Browser, row.Browser)
                    .SetProperty(stored => stored.BrowserVersion, row.BrowserVersion)
                    .SetProperty(stored => stored.OperatingSystem, row.OperatingSystem)
                    .SetProperty(stored => stored.OperatingSystemVersion, row.OperatingSystemVersion)
                    .SetProperty(stored => stored.DeviceType, row.DeviceType)
                    .SetProperty(stored => stored.DeviceModel, row.DeviceModel)
                    .SetProperty(stored => stored.AppName, row.AppName)
                    .SetProperty(stored => stored.AppVersion, row.AppVersion)
                    .SetProperty(stored => stored.AppBuild, row.AppBuild),
                cancellationToken);
    }

    // Each batch is a context and a few statements of its own: it can be stopped after any of them, and begun again without loss.
    private async Task<int> ReparseAsync<TRow>(
        Func<TContext, IQueryable<TRow>> rowsOf, Func<StoredClues, DeviceInfo> parse, CancellationToken cancellationToken)
        where TRow : class, IOriginColumns, IHasId
    {
        var changed = 0;
        Guid? last = null;
        while (true)
        {
            await using var lease = Lease();
            await _turns.NextAsync(lease.Context.Database, cancellationToken);
            var rows = rowsOf(lease.Context);
            var batch = await BatchAfter(rows, last).ToListAsync(cancellationToken);
            foreach (var alike in batch.GroupBy(row => (row.Clues, row.Device)))
            {
                changed += await UpdateAsync(rows, [.. alike.Select(row => row.Id)], alike.Key.Device, parse(alike.Key.Clues), cancellationToken);
            }

            if (batch.Count < DevicesPerBatch)
            {
                return changed;
            }

            last = batch[^1].Id;
        }
    }

    private static IQueryable<StoredDeviceRow> BatchAfter<TRow>(IQueryable<TRow> rows, Guid? last)
        where TRow : class, IOriginColumns, IHasId =>
        (last is { } id ? rows.Where(row => row.Id.CompareTo(id) > 0) : rows)
            .OrderBy(row => row.Id)
            .Take(DevicesPerBatch)
            .Select(OriginParts.Inline((TRow row) => new StoredDeviceRow(
                row.Id,
                new StoredClues(row.UserAgent, row.ClientHints),
                OriginParts.Device(row))));

    private static async Task<int> UpdateAsync<TRow>(
        IQueryable<TRow> rows, Guid[] ids, DeviceInfo before, DeviceInfo parsed, CancellationToken cancellationToken)
        where TRow : class, IOriginColumns, IHasId
    {
        var device = SessionRows.Cut(parsed);
        if (device == before)
        {
            return 0;
        }

        return await rows.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(
            row => row
                .SetProperty(stored => stored.Browser, device.Browser)
                .SetProperty(stored => stored.BrowserVersion, device.BrowserVersion)
                .SetProperty(stored => stored.OperatingSystem, device.OperatingSystem)
                .SetProperty(stored => stored.OperatingSystemVersion, device.OperatingSystemVersion)
                .SetProperty(stored => stored.DeviceType, device.DeviceType)
                .SetProperty(stored => stored.DeviceModel, device.DeviceModel)
                .SetProperty(stored => stored.AppName, device.AppName)
                .SetProperty(stored => stored.AppVersion, device.AppVersion)
                .SetProperty(stored => stored.AppBuild, device.AppBuild),
            cancellationToken);
    }

    private sealed record StoredDeviceRow(Guid Id, StoredClues Clues, DeviceInfo Device);
}
