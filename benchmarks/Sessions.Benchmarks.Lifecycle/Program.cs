using System.Globalization;
using Sessions.Benchmarks.Lifecycle;

const string Usage =
    """
    dotnet run -c Release --project benchmarks/Sessions.Benchmarks.Lifecycle -- <what> [options]
      sign-in  a sign-in with Sessions, as a ratio to stock Identity's
      sweep    what the sweep purges, as a ratio to the bare DELETE
      pages    a devices page and a history in a large database, as a ratio to a small one
      operators  the operators' lists and figures in a large database, as a ratio to one of 100,000 events (PostgreSQL only)
      --postgres "<connection string>"  on PostgreSQL instead of SQLite; the role must be allowed to create databases
      --rounds <n>                      rounds (sign-in 40, sweep 5, pages 300, operators 40)
      --hash <n>                        sign-in: iterations of the password's hash instead of Identity's own; 1 shows what Sessions adds alone
      --events <n>                      events of the large database; a tenth as many sessions (1000000), or events to purge (100000); of operators 10000000
      --keep <name>                     operators: leave the databases under that name, and use them if they are there
      --only <text>                     operators: only the questions that have this in their name
      --explain yes                     operators: print what PostgreSQL does for them instead
    """;

var options = args.Skip(1).Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
int? Number(string name) => options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : null;
var postgres = options.GetValueOrDefault("--postgres");
switch (args.FirstOrDefault())
{
    case "sign-in":
        return await SignInCost.RunAsync(postgres, Number("--rounds") ?? 40, Number("--hash")) ? 0 : 1;
    case "sweep":
        return await SweepCost.RunAsync(postgres, Number("--rounds") ?? 5, Number("--events") ?? 100_000) ? 0 : 1;
    case "pages":
        return await PageCost.RunAsync(postgres, Number("--rounds") ?? 300, Number("--events") ?? 1_000_000) ? 0 : 1;
    case "operators" when postgres is not null:
        return await OperatorCost.RunAsync(
            postgres, Number("--rounds") ?? 40, Number("--events") ?? 10_000_000, options.GetValueOrDefault("--keep"), options.GetValueOrDefault("--only"), options.ContainsKey("--explain")) ? 0 : 1;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
