using FsCheck;
using FsCheck.Fluent;

namespace Sessions.IntegrationTests.Interleavings;

/// <summary>Makes stories, and shorter ones of one that fails.</summary>
internal static class Stories
{
    public const int Devices = 4;

    private static readonly StepKind[] _alone =
    [
        StepKind.SignIn, StepKind.SignIn, StepKind.SignIn, StepKind.Ask, StepKind.Ask, StepKind.CopyCookie, StepKind.AskWithCopy, StepKind.AskWithCopy, StepKind.SignOut, StepKind.SignOutWithCopy,
        StepKind.RevokeOne, StepKind.RevokeOthers, StepKind.RevokeAll, StepKind.ChangePassword, StepKind.ChangePasswordWithCopy, StepKind.ChangeStamp, StepKind.Wait, StepKind.Wait, StepKind.Sweep,
    ];

    // Who copies or waits at once with others does nothing that another order would not.
    private static readonly StepKind[] _atOnce = [.. _alone.Where(kind => kind is not (StepKind.CopyCookie or StepKind.Wait))];

    public static Arbitrary<Story> All { get; } = Arb.From(Story(), Shorter);

    private static Gen<Story> Story() =>
        from size in Gen.Choose(4, 16)
        from moments in Gen.Frequency((4, Moment(_alone, 1)), (1, Moment(_atOnce, 2)), (1, Moment(_atOnce, 3))).ArrayOf(size)
        select new Story(moments);

    // A browser does one thing at a time; its copy is another browser, or a request of it that is still under way.
    private static Gen<Step[]> Moment(StepKind[] kinds, int count) =>
        from steps in StepOf(kinds).ArrayOf(count)
        select steps.DistinctBy(step => (step.IsOfCopy, step.Device)).ToArray();

    private static Gen<Step> StepOf(StepKind[] kinds) =>
        from kind in Gen.Elements(kinds)
        from device in Gen.Choose(0, Devices - 1)
        from other in Gen.Choose(0, Devices - 1)
        select new Step(kind, device, other);

    private static IEnumerable<Story> Shorter(Story story)
    {
        var moments = story.Moments;
        for (var part = moments.Length / 2; part >= 1; part /= 2)
        {
            for (var from = 0; from < moments.Length; from += part)
            {
                yield return new Story([.. moments[..from], .. moments[Math.Min(from + part, moments.Length)..]]);
            }
        }

        for (var at = 0; at < moments.Length; at++)
        {
            for (var left = 0; moments[at].Length > 1 && left < moments[at].Length; left++)
            {
                yield return new Story([.. moments[..at], [.. moments[at].Where((_, index) => index != left)], .. moments[(at + 1)..]]);
            }
        }
    }
}
