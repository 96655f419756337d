using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PyAirtable.Hosting.Serving;

/// <summary>What Kestrel's TLS asks its host for: the log, and a class of its own that counts handshakes. Kestrel registers that with host builders only,
/// so this is one, which keeps the services and nothing else.</summary>
internal sealed class TlsServices : IWebHostBuilder
{
    private readonly ServiceCollection _services = [];

    private TlsServices(ILoggerFactory loggers) => _services.AddSingleton(loggers).AddSingleton<IMeterFactory, Meters>();

    /// <summary>Makes them.</summary>
    public static ServiceProvider Create(ILoggerFactory loggers)
    {
        var host = new TlsServices(loggers);
        host.UseKestrelCore();
        return host._services.BuildServiceProvider();
    }

    IWebHostBuilder IWebHostBuilder.ConfigureServices(Action<IServiceCollection> configureServices)
    {
        configureServices(_services);
        return this;
    }

    IWebHostBuilder IWebHostBuilder.ConfigureServices(Action<WebHostBuilderContext, IServiceCollection> configureServices) => throw new NotSupportedException();

    IWebHostBuilder IWebHostBuilder.ConfigureAppConfiguration(Action<WebHostBuilderContext, IConfigurationBuilder> configureDelegate) => throw new NotSupportedException();

    IWebHostBuilder IWebHostBuilder.UseSetting(string key, string? value) => throw new NotSupportedException();

    string? IWebHostBuilder.GetSetting(string key) => null;

#pragma warning disable ASPDEPR008 // The interface still has it.
    IWebHost IWebHostBuilder.Build() => throw new NotSupportedException();
#pragma warning restore ASPDEPR008

    private sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
