using System.Text.Json;

namespace Sessions.Identity.Stores;

/// <summary>
/// What a sign-in's event keeps besides its columns: the account's name at that time. Nobody is shown it: it tells, when the person is
/// forgotten, under which former names failed attempts may be kept (docs/decisions/0098).
/// </summary>
internal sealed record SignInFootnote
{
    public string? Name { get; init; }

    public static string? Write(string? name) =>
        name is null ? null : JsonSerializer.Serialize(new SignInFootnote { Name = name }, StoredJson.Default.SignInFootnote);

    /// <summary>Reads the name.</summary>
    /// <returns>The name, or <see langword="null"/> where something else is written there.</returns>
    public static string? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, StoredJson.Default.SignInFootnote)?.Name;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
