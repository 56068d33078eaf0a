using Microsoft.Extensions.Options;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>Tells how a sign-in was made, of what is known: the call that was made, what the options map, and above all what the host tagged.</summary>
internal sealed class SignInFactsResolver(IOptions<UserSessionOptions> options)
{
    public SignInFacts Resolve(SessionRequest request, string scheme, SignInAttempt attempt)
    {
        if (attempt.Resumed is { } known)
        {
            return known;
        }

        var first = attempt.IsSecondStep
            ? request.FirstStep ?? SignInFacts.Unknown
            : new SignInFacts { Method = attempt.Method, Provider = ProviderName.Normalize(attempt.Provider), Detail = attempt.Detail };
        return Tagged(Mapped(first, scheme), request.Tag) with { SecondFactor = attempt.SecondFactor };
    }

    // A provider's own mapping goes before one for the scheme that it signs in to, which holds for what is not told otherwise.
    private SignInFacts Mapped(SignInFacts facts, string scheme) =>
        facts.Provider is { } provider && Find(provider) is { } ofProvider ? facts with { Method = ofProvider }
        : facts.Method == SignInMethod.Unknown && Find(scheme) is { } ofScheme ? facts with { Method = ofScheme }
        : facts;

    private string? Find(string name) =>
        options.Value.SignInMethods.FirstOrDefault(mapped => string.Equals(mapped.Key.Trim(), name, StringComparison.OrdinalIgnoreCase)).Value;

    private static SignInFacts Tagged(SignInFacts facts, SignInFacts? tag) => tag is null ? facts : facts with
    {
        Method = tag.Method,
        Provider = tag.Provider,
        Detail = tag.Detail,
    };
}
