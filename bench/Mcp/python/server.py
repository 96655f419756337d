"""The MCP server's HTTP routes with nine of its tools, in Python, to compare the native server with (upstream contract 1.2 to 1.6).

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
        (
            "update_record",
            "Changes a record",
            {**TABLE, "record_id": {"type": "string"}, "fields": {"type": "object"}},
            ["base_id", "table_id", "record_id", "fields"],
        ),
        ("delete_record", "Deletes a record", {**TABLE, "record_id": {"type": "string"}}, ["base_id", "table_id", "record_id"]),
        (
            "search_records",
            "Looks for a text in records",
            {
                **TABLE,
                "query": {"type": "string"},
                "fields": {"type": "array", "items": {"type": "string"}},
                "max_records": {"type": "integer", "default": 50},
            },
            ["base_id", "table_id", "query"],
        ),
        ("get_field_info", "Describes the fields of a table", TABLE, ["base_id", "table_id"]),
        (
            "batch_create_records",
            "Creates up to ten records",
            {**TABLE, "records": {"type": "array", "items": {"type": "object"}}},
            ["base_id", "table_id", "records"],
        ),
        (
            "batch_update_records",
            "Changes up to ten records",
            {**TABLE, "records": {"type": "array", "items": {"type": "object"}}},
            ["base_id", "table_id", "records"],
        ),
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
    tables = (await ask("GET", f"/bases/{base}/schema"))["tables"]
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


def records_of(arguments):
    return f"/bases/{arguments['base_id']}/tables/{arguments['table_id']}/records"


async def ask(method, path, **given):
    answer = await airtable.request(method, path, **given)
    answer.raise_for_status()
    return answer.json()


async def get_records(arguments):
    given = {name: arguments[name] for name in ("max_records", "view", "filter_by_formula") if name in arguments}
    return await ask("GET", records_of(arguments), params=given)


async def create_record(arguments):
    return await ask("POST", records_of(arguments), json=arguments["fields"])


async def update_record(arguments):
    return await ask("PATCH", f"{records_of(arguments)}/{arguments['record_id']}", json=arguments["fields"])


async def delete_record(arguments):
    return await ask("DELETE", f"{records_of(arguments)}/{arguments['record_id']}")


async def search_records(arguments):
    text = arguments["query"].replace("\\", "\\\\").replace("'", "\\'")
    found = ", ".join(f"FIND(LOWER('{text}'), LOWER({{{field}}})) > 0" for field in arguments["fields"])
    given = {"filter_by_formula": f"OR({found})", "max_records": arguments.get("max_records", 50)}
    return await ask("GET", records_of(arguments), params=given)


async def get_field_info(arguments):
    schema = await ask("GET", f"/bases/{arguments['base_id']}/schema")
    named = arguments["table_id"]
    table = next((table for table in schema["tables"] if named in (table["id"], table["name"])), None)
    if table is None:
        raise ValueError(f"Table '{named}' not found")
    types = {}
    for field in table["fields"]:
        types[field["type"]] = types.get(field["type"], 0) + 1
    return {
        "table_name": table["name"],
        "table_id": table["id"],
        "total_fields": len(table["fields"]),
        "field_types": types,
        "fields": [
            {
                "name": field["name"],
                "id": field["id"],
                "type": field["type"],
                "description": field.get("description"),
                "is_primary": field["id"] == table.get("primaryFieldId"),
                "options": field.get("options", {}),
            }
            for field in table["fields"]
        ],
    }


async def batch_create_records(arguments):
    created = (await ask("POST", f"{records_of(arguments)}/batch", json=arguments["records"]))["records"]
    return {
        "message": f"Successfully created {len(created)} records",
        "created_records": created,
        "base_id": arguments["base_id"],
        "table_id": arguments["table_id"],
    }


async def batch_update_records(arguments):
    updated, errors = [], []
    for record in arguments["records"]:
        try:
            updated.append(await ask("PATCH", f"{records_of(arguments)}/{record['id']}", json=record["fields"]))
        except httpx.HTTPError as failure:
            errors.append({"record_id": record["id"], "error": str(failure)})
    return {
        "message": f"Batch update completed: {len(updated)} success, {len(errors)} errors",
        "updated_records": updated,
        "errors": errors,
        "base_id": arguments["base_id"],
        "table_id": arguments["table_id"],
    }


HANDLERS = {
    handler.__name__: handler
    for handler in (
        list_tables,
        get_records,
        create_record,
        update_record,
        delete_record,
        search_records,
        get_field_info,
        batch_create_records,
        batch_update_records,
    )
}


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
