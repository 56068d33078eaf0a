namespace Sessions.RuleCompiler;

/// <summary>Lets one build at a time restore and generate, so that builds side by side don't trip over each other.</summary>
internal static class BuildLock
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(5);

    public static FileStream Take(string path)
    {
        var stop = Environment.TickCount64 + (long)_patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (Environment.TickCount64 < stop)
            {
                Task.Delay(100).Wait();
            }
        }
    }
}
