namespace Sessions.Benchmarks.Load;

/// <summary>The one person who is signed in, in a database that lives as long as the measurement.</summary>
internal static class Person
{
    public const string Name = "person@example.com";
    public const string Password = "Load-test-1!";
}
