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

    /// <summary>Whether it may have ended that session for the reason that it ended for.</summary>
    public bool MayEnd(IdentityUserSession<string> row, IReadOnlyList<IdentityUserSession<string>> rows, bool isOver, bool isStale) => row.EndReason switch
    {
        SessionEndReason.Expired => isOver,
        SessionEndReason.Superseded => Step.Kind == StepKind.SignIn && rows.Any(other => other.DeviceId == row.DeviceId && other.CreatedAt >= row.CreatedAt && other.Id != row.Id),
        SessionEndReason.Pruned => Step.Kind == StepKind.SignIn,

        // A session whose request comes when the stamp has changed may find it out by itself, whoever changed it.
        SessionEndReason.PasswordChanged or SessionEndReason.SecurityStampChanged =>
            isStale || Step.Kind == StepKind.ChangeStamp || (Step.Kind == StepKind.ChangePassword && row.Id != Own),
        _ => row.EndReason == Chronicle.AllowedBy(Step.Kind) && Reaches(row.Id),
    };

    /// <summary>Whether that session, live before, can't be live after it in any order.</summary>
    public bool MustEnd(Guid id) => IsDone && (Step.Kind is StepKind.RevokeAll or StepKind.ChangeStamp || (Chronicle.AllowedBy(Step.Kind) is not null && Reaches(id)));

    private bool Reaches(Guid id) => Step.Kind switch
    {
        StepKind.SignOut => id == Own,
        StepKind.RevokeOne => id == Target && id != Own,
        StepKind.RevokeOthers or StepKind.ChangePassword => id != Own,
        _ => true,
    };
}
