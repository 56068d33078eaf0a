using Sessions.Identity;

namespace Sessions.IntegrationTests.Interleavings;

/// <summary>A step that happens at once with others: by which session, to which, and whether it was done.</summary>
internal sealed class Act(Step step, Guid? own, Guid target)
{
    public Step Step { get; } = step;

    public Guid? Own { get; } = own;

    public Guid Target { get; } = target;

    public bool IsDone { get; set; }

    /// <summary>Whether it is a request of one of the person's devices.</summary>
    public bool ComesAsPerson => Step.Kind is not (StepKind.RevokeAll or StepKind.ChangeStamp or StepKind.Sweep);

    /// <summary>Whether it does nothing but ask to be let in.</summary>
    public bool OnlyAsks => Step.Kind is StepKind.Ask or StepKind.AskWithCopy;

    private bool ChangesPassword => Step.Kind is StepKind.ChangePassword or StepKind.ChangePasswordWithCopy;

    /// <summary>Whether it may have ended that session for the reason that it ended for.</summary>
    public bool MayEnd(IdentityUserSession<string> row, IReadOnlyList<IdentityUserSession<string>> rows, bool isOver, bool isStale) => row.EndReason switch
    {
        SessionEndReason.Expired => isOver,
        SessionEndReason.Superseded => Step.Kind == StepKind.SignIn && rows.Any(other => other.DeviceId == row.DeviceId && other.CreatedAt >= row.CreatedAt && other.Id != row.Id),
        SessionEndReason.Pruned => Step.Kind == StepKind.SignIn && rows.Count(other => IsNoOlder(other, row) && (other.EndedAt is null || other.EndedAt >= row.EndedAt)) >= Rules.Cap,

        // A session whose request comes when the stamp has changed may find it out by itself, whoever changed it.
        SessionEndReason.PasswordChanged or SessionEndReason.SecurityStampChanged =>
            isStale || Step.Kind == StepKind.ChangeStamp || (ChangesPassword && Reaches(row, rows)),
        _ => row.EndReason == Chronicle.AllowedBy(Step.Kind) && Reaches(row, rows),
    };

    /// <summary>Whether that session, live before, can't be live after it in any order.</summary>
    public bool MustEnd(IdentityUserSession<string> row, IReadOnlyList<IdentityUserSession<string>> rows) =>
        IsDone && (Step.Kind is StepKind.RevokeAll or StepKind.ChangeStamp || (Chronicle.AllowedBy(Step.Kind) is not null && Reaches(row, rows)));

    private static bool IsNoOlder(IdentityUserSession<string> other, IdentityUserSession<string> row) => other.CreatedAt >= row.CreatedAt && other.Id != row.Id;

    private bool Reaches(IdentityUserSession<string> row, IReadOnlyList<IdentityUserSession<string>> rows) => Step.Kind switch
    {
        StepKind.SignOut or StepKind.SignOutWithCopy => row.Id == Own || IsOfItsBrowser(row, rows),
        StepKind.RevokeOne => row.Id == Target && row.Id != Own,
        StepKind.RevokeOthers => row.Id != Own,
        StepKind.ChangePassword or StepKind.ChangePasswordWithCopy => row.Id != Own && !IsOfItsBrowser(row, rows),
        _ => true,
    };

    // Its own session was superseded, before this or at once with it: then it speaks for its browser.
    private bool IsOfItsBrowser(IdentityUserSession<string> row, IReadOnlyList<IdentityUserSession<string>> rows) =>
        Rules.IsSuperseded(rows.FirstOrDefault(one => one.Id == Own), row.DeviceId);
}
