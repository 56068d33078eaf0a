namespace Sessions.Identity.Validation;

/// <summary>A feature by which the start-up check sees whether the app's authentication leads through Sessions.</summary>
internal sealed class CompositionProbe
{
    public bool WasReached { get; private set; }

    public void Reached() => WasReached = true;
}
