"""The application: middleware, routes, start. Run by uvicorn with one worker: python3 -m uvicorn baseline.app:app"""
import logging
import os
import sys
import time
import uuid

from fastapi import Depends, FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware

from . import accounts, analytics, files, gateway, settings, workflows
from .database import create_tables, engine
from .security import require_key

logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
# Each request is logged once, below.
logging.getLogger("httpx").setLevel(logging.WARNING)
log = logging.getLogger("baseline")
app = FastAPI(title="PyAirtable, Python baseline")


@app.middleware("http")
async def trace_and_log(request: Request, call_next):
    began = time.monotonic()
    request.state.trace_id = request.headers.get("x-trace-id") or str(uuid.uuid4())
    response = await call_next(request)
    response.headers["X-Trace-ID"] = request.state.trace_id
    log.info("%s %s %d %.3f s", request.method, request.url.path, response.status_code, time.monotonic() - began)
    return response


app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_credentials=True, allow_methods=["*"], allow_headers=["*"])
# Under the gateway's prefixes, and under the services' own paths, which a gateway before this one asks for.
app.include_router(gateway.router, dependencies=[Depends(require_key)])
for service, modules in (("platform", (accounts, analytics)), ("automation", (files, workflows))):
    for module in modules:
        for prefix in (f"/api/{service}", ""):
            app.include_router(module.router, prefix=prefix, dependencies=[Depends(require_key)])


@app.on_event("startup")
async def start():
    os.makedirs(settings.UPLOAD_DIRECTORY, exist_ok=True)
    await create_tables()


@app.on_event("shutdown")
async def stop():
    await gateway.client.aclose()
    await engine.dispose()
