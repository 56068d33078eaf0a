using System.Text.Json.Serialization;
using Sessions.Identity.Administration;
using Sessions.Identity.Limits;
using Sessions.Identity.SignIn;

namespace Sessions.Identity.Stores;

/// <summary>The small JSON documents that are kept in columns and tickets.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MethodDetail))]
[JsonSerializable(typeof(PendingChoice))]
[JsonSerializable(typeof(PendingSignIn))]
[JsonSerializable(typeof(SignInFacts))]
[JsonSerializable(typeof(TicketSeed))]
[JsonSerializable(typeof(SessionSweepResult))]
[JsonSerializable(typeof(StoredEnding))]
[JsonSerializable(typeof(SignInFootnote))]
internal sealed partial class StoredJson : JsonSerializerContext;
