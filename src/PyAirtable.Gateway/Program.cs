// The gateway alone: one front for all services, on port 8000.
using PyAirtable.Gateway;
using PyAirtable.Gateway.Cutover.Walking;
using PyAirtable.Hosting.CommandLine;

return await new Executable(
    "pyairtable-gateway",
    "reverse proxy, keys and limits in front of all services",
    ManagementPort: 9000,
    (settings, process) =>
    {
        var gateway = GatewaySettings.Read(settings, process);
        return context => [new GatewayModule(gateway, context)];
    })
{
    Commands = [CutoverCommand.Named("PORT")],
}.RunAsync(args);
