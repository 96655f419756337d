using System.Data.Common;

namespace PyAirtable.Platform.Tokens;

/// <summary>Reads the users of tokens.</summary>
internal interface IOwnerStore
{
    /// <summary>Reads the user of each token and whether it is revoked, both as they are in one moment after the call. Answers are in the order of the questions.</summary>
    /// <exception cref="DbException">None could be read.</exception>
    Task<TokenOwner?[]> FindAsync(IReadOnlyList<OwnerQuestion> questions);
}
