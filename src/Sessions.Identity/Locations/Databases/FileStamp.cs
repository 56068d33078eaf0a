namespace Sessions.Identity.Locations.Databases;

/// <summary>What tells a file from the one that was at its path before.</summary>
internal sealed record FileStamp(long Length, DateTime Written, DateTime Created)
{
    /// <summary>The stamp of the file at a path, behind links (as containers mount files), or null if there is none.</summary>
    public static FileStamp? Of(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
        {
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        }

        return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc, file.CreationTimeUtc) : null;
    }
}
