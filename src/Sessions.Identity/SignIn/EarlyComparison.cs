using Sessions.Identity.Stores;

namespace Sessions.Identity.SignIn;

/// <summary>What was asked about a device while its sign-in was still being checked.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Origin">The request as it was described for that.</param>
/// <param name="Answer">The answer, <see langword="null"/> where none came. It never fails.</param>
internal sealed record EarlyComparison(DeviceQuestion Question, SessionOrigin Origin, Task<DeviceComparison?> Answer);
