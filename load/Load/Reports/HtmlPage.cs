using System.Net;

namespace PyAirtable.Load.Reports;

/// <summary>What pages have in common: they need nothing beside them, and follow the reader's choice of light or dark.</summary>
internal static class HtmlPage
{
    /// <summary>The end of a page.</summary>
    public const string End = "</body></html>\n";

    private const string Style = """
        :root{color-scheme:light dark;--back:#fff;--fore:#1c1e21;--soft:#5f6670;--rule:#dfe2e6;--s1:#1f6feb;--s2:#b35900;--s3:#8250df;--s4:#c4314b;--good:#1a7f37;--bad:#c4314b}
        @media (prefers-color-scheme:dark){:root{--back:#15181c;--fore:#e6e8ea;--soft:#9aa2ad;--rule:#30363d;--s1:#6cb0ff;--s2:#f0a050;--s3:#c3a1ff;--s4:#ff8090;--good:#56d364;--bad:#ff8090}}
        body{background:var(--back);color:var(--fore);font:15px/1.5 system-ui,sans-serif;max-width:1020px;margin:2em auto;padding:0 1em}
        h1{font-size:1.5em;margin:0 0 .3em}ul,p{color:var(--soft)}ul{padding-left:1.2em}
        .wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9em;margin:1em 0}td,th{padding:.25em .7em;border-bottom:1px solid var(--rule)}
        """;

    /// <summary>The beginning of a page, up to and with its heading.</summary>
    /// <param name="title">Title and heading.</param>
    /// <param name="style">What its style has beside that of all pages.</param>
    public static string Begin(string title, string style) =>
        $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{Escaped(title)}</title>\n<style>{Style}\n{style}</style></head>\n<body><h1>{Escaped(title)}</h1>\n";

    /// <summary>Text as it stands in a page.</summary>
    public static string Escaped(string text) => WebUtility.HtmlEncode(text);
}
