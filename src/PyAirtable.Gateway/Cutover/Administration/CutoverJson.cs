using System.Text.Json;
using PyAirtable.Gateway.Cutover.Shadow;

namespace PyAirtable.Gateway.Cutover.Administration;

/// <summary>Writes the admin answers.</summary>
internal static class CutoverJson
{
    private static readonly string[] ShadowResults = ["same", "different", "skipped", "dropped"];

    /// <summary>The groups with their weights, how their sides do, and the last changes.</summary>
    public static void WriteGroups(Utf8JsonWriter json, TrafficSplit split)
    {
        json.WriteStartArray("groups"u8);
        foreach (var group in split.Groups)
        {
            json.WriteStartObject();
            json.WriteString("group"u8, group.Name);
            json.WriteNumber("weight"u8, group.Weight);
            json.WriteString("set_by"u8, WeightSources.NameOf(group.SetBy));
            json.WriteNumber("settings_weight"u8, group.Settings.Weight);
            WriteSide(json, group, Side.Python);
            WriteSide(json, group, Side.Native);
            WriteShadow(json, group.Name, split.Counters!);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("changes"u8);
        foreach (var change in split.Changes.Reverse())
        {
            json.WriteStartObject();
            json.WriteString("at"u8, change.At.UtcDateTime);
            json.WriteString("group"u8, change.Group);
            json.WriteNumber("from"u8, change.From);
            json.WriteNumber("to"u8, change.To);
            json.WriteString("by"u8, WeightSources.NameOf(change.By));
            json.WriteString("reason"u8, change.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>The last requests whose answers differed, and the places that differ by themselves.</summary>
    public static void WriteDifferences(Utf8JsonWriter json, ShadowFindings? findings)
    {
        json.WriteNumber("under_way"u8, findings?.UnderWay ?? 0);
        json.WriteStartArray("samples"u8);
        foreach (var sample in findings?.Samples ?? [])
        {
            WriteSample(json, sample);
        }
        json.WriteEndArray();
        json.WriteStartArray("noise"u8);
        foreach (var noise in findings?.Noise ?? [])
        {
            json.WriteStartObject();
            json.WriteString("group"u8, noise.Group);
            json.WriteString("route"u8, noise.Route);
            json.WriteStartArray("places"u8);
            foreach (var place in noise.Places)
            {
                json.WriteStringValue(place);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteSide(Utf8JsonWriter json, RouteGroup group, Side side)
    {
        var counts = group.CountsOf(side);
        json.WriteStartObject(Sides.NameOf(side));
        json.WriteString("upstream"u8, group.Settings[side].Name);
        json.WriteNumber("requests"u8, counts.Requests);
        json.WriteNumber("failed"u8, counts.Failed);
        json.WriteNumber("slow"u8, counts.Slow);
        json.WriteEndObject();
    }

    private static void WriteShadow(Utf8JsonWriter json, string group, CutoverCounters counters)
    {
        json.WriteStartObject("shadow"u8);
        foreach (var result in ShadowResults)
        {
            json.WriteNumber(result, (long)counters.ShadowsOf(group, result));
        }
        json.WriteEndObject();
    }

    private static void WriteSample(Utf8JsonWriter json, DifferenceSample sample)
    {
        json.WriteStartObject();
        json.WriteString("at"u8, sample.At.UtcDateTime);
        json.WriteString("group"u8, sample.Group);
        json.WriteString("route"u8, sample.Route);
        json.WriteString("method"u8, sample.Method);
        json.WriteString("path"u8, sample.Path);
        json.WriteString("trace_id"u8, sample.TraceId);
        json.WriteNumber("python_status"u8, sample.Python);
        json.WriteNumber("native_status"u8, sample.Native);
        json.WriteStartArray("differences"u8);
        foreach (var difference in sample.Differences)
        {
            json.WriteStartObject();
            json.WriteString("kind"u8, difference.Kind);
            json.WriteString("place"u8, difference.Place);
            json.WriteString("python"u8, difference.First);
            json.WriteString("native"u8, difference.Second);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
