// The platform service alone: accounts and tokens, on port 8007.
using PyAirtable.Hosting.CommandLine;
using PyAirtable.Hosting.Settings;
using PyAirtable.Platform;

return await new Executable(
    "pyairtable-platform",
    "accounts and tokens",
    ManagementPort: 9007,
    (settings, process) =>
    {
        var storage = DatabaseSettings.Read(settings, process);
        var platform = PlatformSettings.Read(settings, process);
        return context => [new PlatformModule(platform, context, context.OpenDatabase(storage))];
    }).RunAsync(args);
