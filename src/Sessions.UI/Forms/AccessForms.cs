using Microsoft.AspNetCore.Http;
using Sessions.Identity;
using Sessions.Identity.Access;
using Sessions.UI.Words;

namespace Sessions.UI.Forms;

/// <summary>What the forms do that ask a person for their credentials once more, on a Razor Page as on a Blazor page.</summary>
internal sealed class AccessForms(IAccessCredentials credentials, SessionWords words)
{
    private const int LongestPassword = 1_000;
    private const int LongestCredential = 100_000;

    /// <summary>Checks the password.</summary>
    public async Task<FormAnswer> CheckPasswordAsync(HttpContext context, string? password)
    {
        var check = password is { Length: > 0 and <= LongestPassword } ? await credentials.CheckPasswordAsync(context.User, password) : AccessCheck.Failed;
        return await AnswerAsync(context, check, SignInMethod.Password, provider: null, "ConfirmAccess.WrongPassword");
    }

    /// <summary>Checks what the authenticator answered.</summary>
    public async Task<FormAnswer> CheckPasskeyAsync(HttpContext context, string? credential)
    {
        var check = credential is { Length: > 0 and <= LongestCredential } ? await credentials.CheckPasskeyAsync(context.User, credential) : AccessCheck.Failed;
        return await AnswerAsync(context, check, SignInMethod.Passkey, provider: null, "ConfirmAccess.Failed");
    }

    /// <summary>Checks who comes back from a provider.</summary>
    public async Task<FormAnswer> CheckExternalAsync(HttpContext context)
    {
        var (check, provider) = await credentials.CheckExternalAsync(context.User);
        return await AnswerAsync(context, check, SignInMethod.External, provider, "ConfirmAccess.Failed");
    }

    private async Task<FormAnswer> AnswerAsync(HttpContext context, AccessCheck check, string method, string? provider, string failed)
    {
        if (check != AccessCheck.Passed)
        {
            return FormAnswer.Refused(words[check == AccessCheck.LockedOut ? "ConfirmAccess.LockedOut" : failed]);
        }

        // What is not written does not hold.
        return await context.ConfirmAccessAsync(method, provider)
            ? FormAnswer.Done()
            : FormAnswer.Unavailable(words["Unavailable.ConfirmAccess"]);
    }
}
