using System.Collections.Concurrent;
using System.Net;
using Sessions.Identity;

namespace Sessions.IntegrationTests.Locations;

/// <summary>A web service that answers when the test says so.</summary>
internal sealed class GatedGeolocator : IIpGeolocator
{
    private readonly ConcurrentDictionary<IPAddress, TaskCompletionSource<IpLocation?>> _answers = new();
    private int _asked;

    public int Asked => Volatile.Read(ref _asked);

    public void Answer(string address, IpLocation? place) => Of(IPAddress.Parse(address)).SetResult(place);

    public void Fail(string address) => Of(IPAddress.Parse(address)).SetException(new HttpRequestException("The service is down."));

    public ValueTask<IpLocation?> LocateAsync(IPAddress address, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        return new(Of(address).Task.WaitAsync(cancellationToken));
    }

    private TaskCompletionSource<IpLocation?> Of(IPAddress address) =>
        _answers.GetOrAdd(address, _ => new TaskCompletionSource<IpLocation?>(TaskCreationOptions.RunContinuationsAsynchronously));
}
