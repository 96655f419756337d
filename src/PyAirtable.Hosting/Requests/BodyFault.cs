using Microsoft.AspNetCore.Http;
using PyAirtable.Hosting.Errors;

namespace PyAirtable.Hosting.Requests;

/// <summary>Why a body could not be read at all. It is answered before keys and tokens are looked at.</summary>
public sealed class BodyFault
{
    internal static readonly BodyFault TooLarge = new(DetailError.Prepare(StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large"));
    internal static readonly BodyFault Undecodable = new(DetailError.Prepare(StatusCodes.Status400BadRequest, "There was an error parsing the body"));

    private readonly PreparedAnswer? _answer;
    private readonly ValidationError? _error;

    private BodyFault(PreparedAnswer answer) => _answer = answer;

    internal BodyFault(ValidationError error) => _error = error;

    /// <summary>Status of its answer: 413, 400 or 422.</summary>
    public int Status => _answer?.Status ?? StatusCodes.Status422UnprocessableEntity;

    /// <summary>Answers 413, 400 or 422 <c>json_invalid</c>.</summary>
    public Task WriteAsync(HttpContext http)
    {
        if (_answer is not null)
        {
            return _answer.WriteAsync(http);
        }

        var errors = new ValidationErrors();
        errors.Add(_error!);
        return errors.WriteAsync(http);
    }
}
