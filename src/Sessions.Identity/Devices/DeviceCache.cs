using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Sessions.Identity.Devices;

/// <summary>Remembers the latest devices, within a fixed bound: two generations, of which the older one goes when the newer one is full.</summary>
/// <remarks>The key is a digest, so that an entry's size does not depend on what a client writes. Nobody can make two of them the same.</remarks>
internal sealed class DeviceCache(int capacity)
{
    private readonly int _generation = capacity / 2;
    private ConcurrentDictionary<UInt128, DeviceInfo> _new = new();
    private ConcurrentDictionary<UInt128, DeviceInfo> _old = new();

    public int Count => _new.Count + _old.Count;

    public static UInt128 KeyOf(string userAgent, IReadOnlyDictionary<string, string> headers)
    {
        if (headers.Count == 0)
        {
            return KeyOf(userAgent);
        }

        var text = new StringBuilder(userAgent);
        foreach (var name in ClientHintHeaders.Captured)
        {
            text.Append('\n').Append(headers.GetValueOrDefault(name));
        }

        return KeyOf(text.ToString());
    }

    public DeviceInfo? Find(UInt128 key)
    {
        if (_new.TryGetValue(key, out var device))
        {
            return device;
        }

        // What is still asked for lives on in the new generation.
        if (_old.TryGetValue(key, out device))
        {
            Add(key, device);
        }

        return device;
    }

    public void Add(UInt128 key, DeviceInfo device)
    {
        var current = _new;
        current[key] = device;
        if (current.Count > _generation && Interlocked.CompareExchange(ref _new, new(), current) == current)
        {
            _old = current;
        }
    }

    private static UInt128 KeyOf(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(text.AsSpan()), digest);
        return MemoryMarshal.Read<UInt128>(digest);
    }
}
