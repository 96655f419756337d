namespace PyAirtable.Hosting.Data.Copying;

/// <summary>What was copied of a table so far.</summary>
/// <param name="Source">Identity of the database that it came from.</param>
/// <param name="Rows">Rows in the target.</param>
/// <param name="Checksum">Their sum, see <see cref="RowSums"/>.</param>
/// <param name="LastKey">Key of the last one; null before the first, and where a table is copied in one go.</param>
internal sealed record CopyRecord(string Source, long Rows, ulong Checksum, string? LastKey);
