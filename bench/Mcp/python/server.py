"""The MCP server's HTTP routes with three of its tools, in Python, to compare the native server with (upstream contract 1.2 to 1.6).

Run by uvicorn with one worker: python3 -m uvicorn server:app. Written anew from the wire contract; it is nobody's product.
"""
import json
import logging
import os
import sys
import time
import uuid
from typing import Any, Dict

import httpx
from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from pydantic import BaseModel

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
# Each request is logged once, below.
logging.getLogger("httpx").setLevel(logging.WARNING)
log = logging.getLogger("mcp")

# One pool of kept-alive connections for all calls.
airtable = httpx.AsyncClient(
    base_url=os.environ["AIRTABLE_GATEWAY_URL"],
    headers={"X-API-Key": os.environ["AIRTABLE_GATEWAY_API_KEY"]},
    timeout=30.0,
)

BASE = {"base_id": {"type": "string", "description": "Id of the base"}}
TABLE = {**BASE, "table_id": {"type": "string", "description": "Id or name of the table"}}
TOOLS = [
    {
        "name": name,
        "description": description,
        "inputSchema": {"type": "object", "properties": properties, "required": required},
    }
    for name, description, properties, required in (
        ("list_tables", "Lists the tables of a base", BASE, ["base_id"]),
        (
            "get_records",
            "Reads records of a table",
            {
                **TABLE,
                "max_records": {"type": "integer", "default": 100},
                "view": {"type": "string"},
                "filter_by_formula": {"type": "string"},
            },
            ["base_id", "table_id"],
        ),
        ("create_record", "Creates a record", {**TABLE, "fields": {"type": "object"}}, ["base_id", "table_id", "fields"]),
    )
]


class ToolCall(BaseModel):
    name: str
    arguments: Dict[str, Any]


app = FastAPI(title="MCP server, Python stand-in")


@app.middleware("http")
async def trace_and_log(request: Request, call_next):
    began = time.monotonic()
    trace = request.headers.get("x-trace-id") or str(uuid.uuid4())
    response = await call_next(request)
    response.headers["X-Trace-ID"] = trace
    log.info("%s %s %d %.3f s", request.method, request.url.path, response.status_code, time.monotonic() - began)
    return response


app.add_middleware(
    CORSMiddleware,
    allow_origins=["http://localhost:3000", "http://localhost:8000"],
    allow_credentials=True,
    allow_methods=["GET", "POST", "OPTIONS"],
    allow_headers=["Content-Type", "Authorization", "X-API-Key", "X-Trace-ID"],
)


async def list_tables(arguments):
    base = arguments["base_id"]
    answer = await airtable.get(f"/bases/{base}/schema")
    answer.raise_for_status()
    tables = answer.json()["tables"]
    return {
        "base_id": base,
        "table_count": len(tables),
        "tables": [
            {
                "id": table["id"],
                "name": table["name"],
                "description": table.get("description"),
                "field_count": len(table["fields"]),
                "view_count": len(table["views"]),
            }
            for table in tables
        ],
    }


async def get_records(arguments):
    path = f"/bases/{arguments['base_id']}/tables/{arguments['table_id']}/records"
    given = {name: arguments[name] for name in ("max_records", "view", "filter_by_formula") if name in arguments}
    answer = await airtable.get(path, params=given)
    answer.raise_for_status()
    return answer.json()


async def create_record(arguments):
    path = f"/bases/{arguments['base_id']}/tables/{arguments['table_id']}/records"
    answer = await airtable.post(path, json=arguments["fields"])
    answer.raise_for_status()
    return answer.json()


HANDLERS = {"list_tables": list_tables, "get_records": get_records, "create_record": create_record}


@app.get("/health")
async def health():
    return {"status": "healthy", "service": "mcp-server-http", "version": "1.0.0"}


@app.get("/tools")
async def tools():
    return {"tools": TOOLS}


@app.post("/tools/call")
async def call(tool: ToolCall):
    handler = HANDLERS.get(tool.name)
    try:
        text = json.dumps(await handler(tool.arguments), indent=2) if handler else f"Unknown tool: {tool.name}"
    except Exception as failure:  # Every failure is a text, as in the contract's 1.4.
        text = f"Error: {failure}"
    return {"result": [{"type": "text", "text": text}], "success": True, "error": None}
