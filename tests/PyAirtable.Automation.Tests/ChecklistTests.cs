using System.Reflection;
using Xunit.v3;

namespace PyAirtable.Automation.Tests;

/// <summary>
/// The rows that automation contract 2.6 (extraction), 8 (defects that are mended) and 9 (checklist) ask for, and that each has a test:
/// one that carries its number as a <see cref="ContractAttribute"/>.
/// </summary>
public sealed class ChecklistTests
{
    // Row and what it asks for. D36 names what is not part of the contract.
    public static TheoryData<string, string> Rows => new()
    {
        { "2.6 TXT", "encodings in their order, line ends, counts of code points" },
        { "2.6 PDF", "pages under their numbers, at most so many, information, encryption, errors" },
        { "2.6 DOCX", "paragraphs, then tables; counts, title and author" },
        { "2.6 DOC", "binary ones in the same form" },
        { "2.6 CSV", "encodings, separators, header, at most 1,000 rows, errors" },
        { "2.6 XLSX", "each sheet under its name, at most 1,000 rows, errors" },
        { "2.6 XLS", "binary ones in the same form" },
        { "2.6 table", "pandas' plain text form" },
        { "2.6 missing", "all markers of missing values" },
        { "2.6 others", "unsupported types, missing files, what is unforeseen" },

        { "D1", "field and column metadata" },
        { "D2", "routes without their prefix" },
        { "D3", "triggered runs really run" },
        { "D4", "health: 503 without a database, the scheduler's real state" },
        { "D5", "list of all executions" },
        { "D6", "update and delete of an unknown workflow: 404" },
        { "D7", "Airtable steps call the gateway" },
        { "D8", "runs that files start really run" },
        { "D9", "what a killed process leaves is settled at the next start" },
        { "D10", "names in templates" },
        { "D11", "next_run follows the expression, no run at once" },
        { "D12", "an empty expression is none" },
        { "D13", "each planned time once, whatever the number of processes" },
        { "D14", "executions of workflow 0: none" },
        { "D15", "lists with commas, sizes with units" },
        { "D16", "process of a deleted file: 404" },
        { "D17", "a new attempt forgets the error and the end of the one before" },
        { "D18", "timeouts, page limit, workers; a full queue refuses nothing" },
        { "D19", "encodings without guesses" },
        { "D20", "null in an update changes nothing" },
        { "D21", "total is the length of the page" },
        { "D22", "fixed media types" },
        { "D23", "no stack traces, no paths" },
        { "D24", "level in any case, relative SQLite files, postgres://" },
        { "D25", "API key on all but the open routes" },
        { "D26", "ids, names and expressions beyond their columns" },
        { "D27", "dates as header cells" },
        { "D28", "deletion of a workflow stops its run" },
        { "D29", "a stop leaves nothing at running" },
        { "D30", "one extraction of a file at a time; the step waits for it" },
        { "D31", "a broken trigger element is passed over alone" },
        { "D32", "uploads are refused at the limit" },
        { "D33", "a failed extraction leaves its step a success" },
        { "D34", "a condition does not branch unless it says so" },
        { "D35", "no Redis is needed" },
        { "D37", "a lease that ends gives its file back" },

        { "8.1 target", "the gateway's routes and key" },
        { "8.1 base", "the step's base, else the configured one, else an error" },
        { "8.1 params", "missing table or record, fields null" },
        { "8.1 result", "the fields sent and the real id" },
        { "8.1 failure", "the step fails; retries only where nothing is done twice" },
        { "8.1 time", "30 seconds a request" },

        { "8.2 executions", "claimed atomically under a lease that is renewed" },
        { "8.2 found at start", "running without a lease fails, pending runs" },
        { "8.2 files", "extracted again, at most three times" },
        { "8.2 order", "of one workflow in order, so many at once" },
        { "8.2 upload", "file and what it starts commit together" },
        { "8.2 shutdown", "grace, then interrupted or given back" },
        { "8.2 reply", "pending or processing at once" },
        { "8.2 start", "woken by the commit" },

        { "9.1", "GET / and GET /health" },
        { "9.2", "upload: each extension, each refusal, the size's limit" },
        { "9.3", "list of files: its 422 table, status, order, total" },
        { "9.4", "process: processing, processed, again, unknown" },
        { "9.5", "texts and metadata of 2.6" },
        { "9.6", "extract bodies of 2.7" },
        { "9.7", "delete twice, and what is seen afterwards" },
        { "9.8", "workflow: defaults, 422, cron, each field of an update, unknown" },
        { "9.9", "trigger: reply and refusals" },
        { "9.10", "runs: no steps, each step, errors, logs, counters, names" },
        { "9.11", "conditions and their texts" },
        { "9.12", "file triggers" },
        { "9.13", "lists of executions" },
        { "9.14", "validate-cron" },
        { "9.15", "scheduler" },
        { "9.16", "restart" },
        { "9.17", "deletion of a workflow takes its executions along" },
        { "9.18", "times are UTC with their offset" },
    };

    private static ILookup<string, MethodInfo> Tests { get; } = typeof(ChecklistTests).Assembly.GetTypes()
        .SelectMany(static type => type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .SelectMany(static test => (test.GetCustomAttribute<ContractAttribute>()?.Rows ?? []).Select(row => (row, test)))
        .ToLookup(static pair => pair.row, static pair => pair.test);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Row_OfTheContract_HasATest(string row, string text)
    {
        Assert.True(Tests.Contains(row), $"no test of {row}: {text}");
        Assert.All(Tests[row], static test => Assert.Contains(test.GetCustomAttributes(), static attribute => attribute is IFactAttribute));
    }

    [Fact]
    public void Row_OfATest_IsOfTheContract() => Assert.Empty(Tests.Select(static tests => tests.Key).Except(Rows.Select(static row => row.Data.Item1)));
}
