// The automation service alone: files, text extraction and workflows, on port 8006.
using PyAirtable.Hosting.CommandLine;
using PyAirtable.Hosting.Data.Copying;
using PyAirtable.Hosting.Settings;
using PyAirtable.Automation;
using PyAirtable.Automation.TextExtraction.Isolation;

return await new Executable(
    "pyairtable-automation",
    "files, text extraction and workflows",
    ManagementPort: 9006,
    (settings, process) =>
    {
        var storage = DatabaseSettings.Read(settings, process);
        var automation = AutomationSettings.Read(settings, process);
        return context => [new AutomationModule(automation, context, context.OpenDatabase(storage))];
    })
{
    RunInternal = ExtractionChild.TryRun,
    CopyDatabase = DatabaseCopy.RunAsync,
}.RunAsync(args);
