using Sessions.Identity.EntityFrameworkCore;

namespace Sessions.IntegrationTests.Lifecycle;

public sealed class PurgeRangeTests
{
    [Fact]
    public void On_SQLite_a_range_grows_while_nobody_waits_long_for_it_and_shrinks_again()
    {
        var range = PurgeRange.For(ProviderNames.Sqlite);
        Assert.Equal(2_000, range.Rows);

        Assert.Equal([4_000, 8_000, 16_000, 20_000, 20_000], Take(range, 5, milliseconds: 10));
        Assert.Equal([20_000, 20_000], Take(range, 2, milliseconds: 200));
        Assert.Equal([10_000, 5_000, 2_500, 2_000, 2_000], Take(range, 5, milliseconds: 300));
    }

    [Fact]
    public void One_that_found_few_rows_to_remove_does_not_make_the_next_one_grow()
    {
        var range = PurgeRange.For(ProviderNames.Sqlite);

        range.Took(TimeSpan.FromMilliseconds(1), removed: 900);

        Assert.Equal(2_000, range.Rows);
    }

    [Fact]
    public void On_PostgreSQL_it_is_large_and_stays_so()
    {
        var range = PurgeRange.For(ProviderNames.Postgres);

        Assert.Equal([20_000, 20_000], [.. Take(range, 1, milliseconds: 10), .. Take(range, 1, milliseconds: 900)]);
    }

    [Fact]
    public void On_SQL_Server_it_stays_below_what_locks_the_table()
    {
        var range = PurgeRange.For("Microsoft.EntityFrameworkCore.SqlServer");

        Assert.All(Take(range, 9, milliseconds: 10), rows => Assert.InRange(rows, 1, 4_999));
    }

    private static int[] Take(PurgeRange range, int times, double milliseconds) =>
    [
        .. Enumerable.Range(0, times).Select(_ =>
        {
            range.Took(TimeSpan.FromMilliseconds(milliseconds), range.Rows);
            return range.Rows;
        }),
    ];
}
