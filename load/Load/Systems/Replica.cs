using System.Globalization;
using PyAirtable.Testing;

namespace PyAirtable.Load.Systems;

/// <summary>One of several processes of a service, always at the same address.</summary>
/// <param name="executable">Its executable.</param>
/// <param name="folder">Where it runs.</param>
/// <param name="port">Its port on 127.0.0.1.</param>
/// <param name="settings">Its other settings.</param>
internal sealed class Replica(string executable, string folder, int port, ServerSettings settings) : IAsyncDisposable
{
    private readonly int _management = FreePort.Next();
    private ExecutableProcess? _process;

    /// <summary>Where it is reached.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    /// <summary>Its process now.</summary>
    public int Process => _process!.Id;

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        // The MCP server's port has a name of its own.
        var environment = settings.With(
            ("PORT", number), ("MCP_SERVER_PORT", number), ("MANAGEMENT_PORT", _management.ToString(CultureInfo.InvariantCulture)), ("DATA_DIR", folder)).Values;
        _process = ServerStart.Start(Directory.CreateDirectory(folder).FullName, environment, [executable, "serve"]);
        await _process.WaitUntilAnswersAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_management}/ready")));
    }

    /// <summary>Asks it to stop, waits until it has, and starts it again.</summary>
    /// <exception cref="InvalidOperationException">It has not ended well.</exception>
    public async Task RestartAsync()
    {
        _process!.Signal(ExecutableProcess.Sigterm);
        if (await _process.WaitForExitAsync() is not 0 and var code)
        {
            throw new InvalidOperationException($"{Path.GetFileName(executable)} ended with {code}: {_process.Errors}");
        }
        await _process.DisposeAsync();
        await StartAsync();
    }

    /// <summary>Kills it.</summary>
    public void Kill() => _process!.Signal(ExecutableProcess.Sigkill);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
