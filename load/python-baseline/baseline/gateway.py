"""The proxy to the Airtable gateway (gateway contract 1.4)."""
from json import JSONDecodeError

import httpx
from fastapi import APIRouter, HTTPException, Request

from . import settings

router = APIRouter(prefix="/api/airtable")
client = httpx.AsyncClient(timeout=30.0)


@router.api_route("/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
async def forward(path: str, request: Request):
    """Sends the request on with the key and the trace id, and answers with the upstream's JSON."""
    try:
        body = await request.json() if request.method in ("POST", "PUT", "PATCH") else None
        answer = await client.request(
            request.method,
            f"{settings.AIRTABLE_GATEWAY_URL}/{path}",
            params=dict(request.query_params),
            headers={"X-API-Key": settings.API_KEY, "X-Trace-ID": request.state.trace_id},
            json=body,
        )
        answer.raise_for_status()
        return answer.json()
    except JSONDecodeError as failure:
        raise HTTPException(400, str(failure))
    except httpx.HTTPStatusError as failure:
        raise HTTPException(failure.response.status_code, str(failure))
    except httpx.HTTPError as failure:
        raise HTTPException(502, str(failure))
