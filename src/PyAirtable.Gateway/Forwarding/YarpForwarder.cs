using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Yarp.ReverseProxy.Forwarder;

namespace PyAirtable.Gateway.Forwarding;

/// <summary>YARP's forwarder, made at the first use.</summary>
internal sealed class YarpForwarder : IAsyncDisposable
{
    // YARP's log has whole URLs in it, and with them what clients put into queries.
    private readonly Lazy<ServiceProvider> _services = new(static () => new ServiceCollection()
        .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
        .AddHttpForwarder()
        .BuildServiceProvider());

    /// <summary>The forwarder.</summary>
    public IHttpForwarder Instance => _services.Value.GetRequiredService<IHttpForwarder>();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _services.IsValueCreated ? _services.Value.DisposeAsync() : ValueTask.CompletedTask;
}
