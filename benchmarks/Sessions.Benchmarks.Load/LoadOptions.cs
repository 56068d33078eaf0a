using System.Globalization;

namespace Sessions.Benchmarks.Load;

/// <summary>What the command line says. Everything is bounded, whatever it says.</summary>
internal sealed record LoadOptions
{
    public const string Usage =
        """
        dotnet run -c Release --project benchmarks/Sessions.Benchmarks.Load -- [options]
          --postgres "<connection string>"  measure on PostgreSQL too; the role must be allowed to create databases
          --rounds <n>                      rounds of all variants, 1 to 50 (9)
          --seconds <n>                     of load per variant and round, 1 to 30 (3)
          --warmup <n>                      seconds of load per variant before the first round, 1 to 60 (8)
          --connections <n>                 keep-alive connections, 1 to 64 (16)
        """;

    public string? Postgres { get; init; }

    public int Rounds { get; init; } = 9;

    public int Seconds { get; init; } = 3;

    public int WarmUpSeconds { get; init; } = 8;

    public int Connections { get; init; } = 16;

    /// <returns>The options, or <see langword="null"/> if they can't be read.</returns>
    public static LoadOptions? Parse(string[] arguments)
    {
        var options = new LoadOptions();
        for (var index = 0; index < arguments.Length; index += 2)
        {
            var value = index + 1 < arguments.Length ? arguments[index + 1] : null;
            var next = (arguments[index], value) switch
            {
                ("--postgres", { Length: > 0 } text) => options with { Postgres = text },
                ("--rounds", _) when Number(value, 50) is { } number => options with { Rounds = number },
                ("--seconds", _) when Number(value, 30) is { } number => options with { Seconds = number },
                ("--warmup", _) when Number(value, 60) is { } number => options with { WarmUpSeconds = number },
                ("--connections", _) when Number(value, 64) is { } number => options with { Connections = number },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            options = next;
        }

        return options;
    }

    private static int? Number(string? value, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : null;
}
