namespace PyAirtable.Platform.Tokens;

/// <summary>Whose a token is: asked by one request, completed with the user as it is now; null where there is none.</summary>
/// <remarks>Whoever waits goes on elsewhere, so that the next look-up does not wait for what a request does.</remarks>
internal sealed class OwnerQuestion(int userId, Guid tokenId) : TaskCompletionSource<TokenOwner?>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    /// <summary>The user whom the token names.</summary>
    public int UserId { get; } = userId;

    /// <summary>By what the token is revoked.</summary>
    public Guid TokenId { get; } = tokenId;
}
