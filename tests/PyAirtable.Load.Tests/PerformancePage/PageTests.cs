using PyAirtable.Bench.PerformancePage;

namespace PyAirtable.Load.Tests.PerformancePage;

public sealed class PageTests : IDisposable
{
    private const string Events = """
        {"bench":"ingestion","command":"bench/run ingestion 5","date":"2026-11-27T02:00:00Z",
         "machine":{"processor":"a processor","cores":2,"memoryMegabytes":24105,"kernel":"6.1.0","load":0.3},
         "goals":[{"goal":"events a second in batches of 100, PostgreSQL","ours":"93,100/s","yardstick":"25,000/s (goal)","ratio":3.724,"verdict":"pass"},
                  {"goal":"requests refused","ours":"3","yardstick":"0 (goal)","ratio":null,"verdict":"fall short"}],
         "figures":[{"name":"CPU of an event","value":"7.10 µs"}],
         "tables":[{"title":"by load","rows":[["load","a second"],["single","28,100"]]}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("page-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Write_OnePassesAndOneFallsShort_IsThePage()
    {
        var page = Page.Write(Written());

        Assert.StartsWith(
            """
            # Performance

            Written by `bench/performance` from what each bench found; nothing in it is entered by hand.

            Machine: 2 cores of a processor, 24,105 MB, Linux 6.1.0.
            Measured from 2026-11-27 02:00 to 2026-11-27 02:00 UTC; generators, databases and upstreams share the machine with what they measure.

            **1 goals pass, 1 fall short; not measured: reads, load-slo.**

            ## Headlines

            |  | Python, as planned with | planned | measured | verdict | command |
            | --- | ---: | ---: | ---: | ---: | ---: |

            """.ReplaceLineEndings("\n"),
            page,
            StringComparison.Ordinal);
        Assert.EndsWith(
            """

            ## What falls short

            | goal | ours | yardstick | ratio | verdict | command |
            | --- | ---: | ---: | ---: | ---: | ---: |
            | requests refused | 3 | 0 (goal) | - | **fall short** | `bench/run ingestion 5` |

            ## Platform

            | goal | ours | yardstick | ratio | verdict | command |
            | --- | ---: | ---: | ---: | ---: | ---: |
            | events a second in batches of 100, PostgreSQL | 93,100/s | 25,000/s (goal) | 3.72 | pass | `bench/run ingestion 5` |
            | requests refused | 3 | 0 (goal) | - | **fall short** | `bench/run ingestion 5` |

            ## Platform: figures beside them

            | figure | value | command |
            | --- | ---: | ---: |
            | CPU of an event | 7.10 µs | `bench/run ingestion 5` |

            ## Platform, ingestion: by load

            | load | a second |
            | --- | ---: |
            | single | 28,100 |

            ## Runs

            | bench | command | began, UTC | load average before | goals | of them pass |
            | --- | ---: | ---: | ---: | ---: | ---: |
            | ingestion | `bench/run ingestion 5` | 2026-11-27 02:00 | 0.30 | 2 | 1 |

            """.ReplaceLineEndings("\n"),
            page,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ResultsWithoutTables_HaveNone()
    {
        var without = Events[..Events.LastIndexOf(",\n", StringComparison.Ordinal)] + "}";

        Assert.DoesNotContain("Platform, ingestion", Page.Write(Written(without)), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Headlines_AreMeasuredOrSaidNotToBe()
    {
        var page = Page.Write(Written());

        Assert.Contains("| events, in batches, on disk in PostgreSQL | 1,000/s | 25,000/s | 93,100/s | pass | `bench/run ingestion 5` |\n", page, StringComparison.Ordinal);
        Assert.Contains("| gateway: P95 at 15,000/s | 150 ms | 3 ms | not measured | not measured | `load-slo` |\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("24,900/s", "**fall short**")]
    [InlineData("25,000/s", "pass")]
    [InlineData("-", "not measured")]
    public void Write_Headline_IsJudgedByThePlan(string ours, string verdict) =>
        Assert.Contains($"| 25,000/s | {ours} | {verdict} |", Page.Write(Written(Events.Replace("93,100/s", ours, StringComparison.Ordinal))), StringComparison.Ordinal);

    [Fact]
    public void Write_HeadlineThatFallsShortByLessThanItsDigits_FallsShort()
    {
        var rounded = Events.Replace("93,100/s", "25,000/s", StringComparison.Ordinal).Replace("\"pass\"", "\"fall short\"", StringComparison.Ordinal);

        Assert.Contains("| 25,000/s | 25,000/s | **fall short** |", Page.Write(Written(rounded)), StringComparison.Ordinal);
    }

    [Fact]
    public void WithHeadlines_Readme_HasThemBetweenItsMarks()
    {
        var readme = Readme.WithHeadlines("before\n<!-- headlines, written by bench/performance -->\nthe former table\n<!-- end of headlines -->\nafter\n", Written());

        Assert.StartsWith("before\n<!-- headlines, written by bench/performance -->\n1 goals pass, 1 fall short; not measured: reads, load-slo.\n\n|  | Python", readme, StringComparison.Ordinal);
        Assert.EndsWith(" |\n<!-- end of headlines -->\nafter\n", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("the former table", readme, StringComparison.Ordinal);
        Assert.Equal(readme, Readme.WithHeadlines(readme, Written()));
    }

    [Fact]
    public void WithHeadlines_ReadmeWithoutMarks_IsAMistake() => Assert.Throws<FormatException>(() => Readme.WithHeadlines("# A product\n", Written()));

    [Fact]
    public void Read_MalformedFile_SaysWhich()
    {
        File.WriteAllText(Path.Combine(_folder, "reads.json"), "{");

        Assert.Contains("reads.json", Assert.Throws<FormatException>(() => Bench.PerformancePage.Results.Read(_folder, ["reads"])).Message, StringComparison.Ordinal);
    }

    private Bench.PerformancePage.Results Written(string events = Events)
    {
        File.WriteAllText(Path.Combine(_folder, "ingestion.json"), events);
        return Bench.PerformancePage.Results.Read(_folder, ["ingestion", "reads", "load-slo"]);
    }
}
