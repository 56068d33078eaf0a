namespace Sessions.IntegrationTests.Interleavings;

/// <summary>What somebody does.</summary>
internal enum StepKind
{
    SignIn,
    Ask,
    CopyCookie,
    AskWithCopy,
    SignOut,
    SignOutWithCopy,
    RevokeOne,
    RevokeOthers,
    RevokeAll,
    ChangePassword,
    ChangePasswordWithCopy,
    ChangeStamp,
    Wait,
    Sweep,
}

/// <summary>One thing that happens.</summary>
/// <param name="Kind">What.</param>
/// <param name="Device">Who does it, of the person's devices.</param>
/// <param name="Other">To whom, or how long it takes.</param>
internal sealed record Step(StepKind Kind, int Device, int Other)
{
    /// <summary>Whether it comes with a copy of the device's cookies as they once were: somebody else's, or a request of the browser itself that is late.</summary>
    public bool IsOfCopy => Kind is StepKind.AskWithCopy or StepKind.SignOutWithCopy or StepKind.ChangePasswordWithCopy;

    public override string ToString() => $"{Kind}({Device}, {Other})";
}

/// <summary>What happens, one after the other; the steps of one moment happen at once.</summary>
internal sealed record Story(Step[][] Moments)
{
    public override string ToString() =>
        string.Join("; ", Moments.Select(moment => moment.Length == 1 ? moment[0].ToString() : $"at once [{string.Join(", ", moment.Select(step => step.ToString()))}]"));
}
