"""Workflows: create, list, one (automation contract 1.5). They are not run here."""
from fastapi import APIRouter, Depends, HTTPException, Query
from pydantic import BaseModel, Field
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from .database import session
from .models import Workflow

router = APIRouter(prefix="/workflows")


class NewWorkflow(BaseModel):
    name: str = Field(..., min_length=1, max_length=200)
    description: str | None = None
    config: dict = {}
    triggers: list[dict] = []
    cron_expression: str | None = None


@router.post("")
async def create(asked: NewWorkflow, database: AsyncSession = Depends(session)):
    row = Workflow(**asked.dict())
    database.add(row)
    await database.commit()
    return {"message": "Workflow created successfully", "workflow": _shape(row)}


@router.get("")
async def list_workflows(skip: int = Query(0, ge=0), limit: int = Query(100, ge=1, le=1000), database: AsyncSession = Depends(session)):
    rows = (await database.execute(select(Workflow).order_by(Workflow.created_at.desc()).offset(skip).limit(limit))).scalars().all()
    return {"workflows": [_shape(row) for row in rows], "total": len(rows), "skip": skip, "limit": limit}


@router.get("/{workflow_id}")
async def one_workflow(workflow_id: int, database: AsyncSession = Depends(session)):
    row = await database.get(Workflow, workflow_id)
    if row is None:
        raise HTTPException(404, "Workflow not found")
    return {"workflow": _shape(row)}


def _shape(row: Workflow):
    names = (
        "id", "name", "description", "config", "triggers", "cron_expression", "next_run", "status", "is_enabled",
        "execution_count", "success_count", "failure_count", "last_execution_at", "created_at", "updated_at",
    )
    return {name: getattr(row, name).lower() if name == "status" else getattr(row, name) for name in names}
