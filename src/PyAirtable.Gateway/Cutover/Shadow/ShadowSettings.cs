using System.Globalization;
using PyAirtable.Hosting.Settings;

namespace PyAirtable.Gateway.Cutover.Shadow;

/// <summary>Which requests are copied to the side that does not answer them, and what of the answers is compared.</summary>
/// <param name="Percent">Percentage of requests that are copied, 0 to 100; default 0.</param>
/// <param name="NoisePercent">Percentage of those that are copied to the answering side a second time, to learn what differs by itself, 0 to 100; default 10.</param>
/// <param name="Also">Requests that are copied though their methods are not safe.</param>
/// <param name="MaxConcurrent">Copies at once, 1 to 1,000; default 16.</param>
/// <param name="MaxBodyBytes">Bytes of a request's body, 0 to 1 MB; default 64 KB.</param>
/// <param name="MaxAnswerBytes">Bytes of an answer's body, 1 KB to 4 MB; default 256 KB.</param>
/// <param name="Headers">Headers of answers that are compared.</param>
/// <param name="Ignored">Places of answers' JSON that are not.</param>
public sealed record ShadowSettings(
    double Percent,
    double NoisePercent,
    IReadOnlyList<ShadowedRoute> Also,
    int MaxConcurrent,
    int MaxBodyBytes,
    int MaxAnswerBytes,
    IReadOnlyList<string> Headers,
    IReadOnlyList<string> Ignored)
{
    /// <summary>Reads them.</summary>
    public static ShadowSettings Read(SettingsReader settings) => new(
        Percentage(settings, "CUTOVER_SHADOW_PERCENT", "0", "Percentage of requests of groups with two sides that are copied to the side that does not answer, to compare the answers."),
        Percentage(settings, "CUTOVER_SHADOW_NOISE_PERCENT", "10", "Percentage of these that are sent to the answering side once more, to learn which parts of answers differ by themselves."),
        settings.Read<IReadOnlyList<ShadowedRoute>>(
            new("CUTOVER_SHADOW_ALSO", "Requests that are copied beside GET and HEAD: those that do no harm when done twice.", "a comma list of methods and paths, such as POST /api/platform/auth/verify"),
            "",
            ShadowedRoute.TryParseList),
        settings.Number("CUTOVER_SHADOW_MAX_CONCURRENT", 16, 1, 1000, "Copies under way at once; more are left out and counted."),
        (int)settings.Size("CUTOVER_SHADOW_MAX_BODY", "64KB", 0, 1 << 20, "Largest request body that is copied."),
        (int)settings.Size("CUTOVER_SHADOW_MAX_ANSWER", "256KB", 1 << 10, 4 << 20, "Largest answer that is compared."),
        settings.List("CUTOVER_SHADOW_HEADERS", "Content-Type,Location", "Headers of answers that are compared."),
        settings.List("CUTOVER_SHADOW_IGNORE", "", "Places of JSON answers that are not compared, such as items[*].updated_at, or ..timestamp for members of that name at any depth."));

    /// <summary>Whether a request may be copied, by its method and encoded path.</summary>
    public bool Covers(string method, ReadOnlySpan<char> path)
    {
        if (method is "GET" or "HEAD")
        {
            return true;
        }
        foreach (var route in Also)
        {
            if (route.Matches(method, path))
            {
                return true;
            }
        }
        return false;
    }

    private static double Percentage(SettingsReader settings, string name, string fallback, string description) => settings.Read(
        new(name, description, "a number from 0 to 100"),
        fallback,
        (string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value is >= 0 and <= 100);
}
