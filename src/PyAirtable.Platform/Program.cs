// The platform service alone: accounts, tokens and analytics, on port 8007.
using PyAirtable.Hosting.CommandLine;
using PyAirtable.Hosting.Data.Copying;
using PyAirtable.Hosting.Settings;
using PyAirtable.Platform;

return await new Executable(
    "pyairtable-platform",
    "accounts, tokens and analytics",
    ManagementPort: 9007,
    (settings, process) =>
    {
        var storage = DatabaseSettings.Read(settings, process);
        var platform = PlatformSettings.Read(settings, process);
        return context => [new PlatformModule(platform, context, context.OpenDatabase(storage))];
    })
{
    CopyDatabase = DatabaseCopy.RunAsync,
}.RunAsync(args);
