"""Analytics: events, metrics (platform contract 1.6, 1.7)."""
from datetime import datetime

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from .database import session
from .models import Event, Metric

router = APIRouter(prefix="/analytics")


class NewEvent(BaseModel):
    event_type: str
    event_data: dict | None = None
    user_id: int | None = None
    session_id: str | None = None


class EventResponse(BaseModel):
    id: int
    event_type: str
    event_data: dict
    user_id: int | None
    session_id: str | None
    timestamp: datetime

    class Config:
        orm_mode = True


class NewMetric(BaseModel):
    metric_name: str
    metric_value: float
    metric_type: str = "counter"
    user_id: int | None = None
    service_name: str | None = None
    endpoint: str | None = None
    labels: dict | None = None


class MetricResponse(BaseModel):
    id: int
    metric_name: str
    metric_value: float
    metric_type: str
    user_id: int | None
    service_name: str | None
    endpoint: str | None
    labels: dict
    timestamp: datetime

    class Config:
        orm_mode = True


class MetricList(BaseModel):
    metrics: list[MetricResponse]
    count: int


@router.post("/events", response_model=EventResponse)
async def add_event(asked: NewEvent, request: Request, database: AsyncSession = Depends(session)):
    """One row in a transaction of its own."""
    forwarded = request.headers.get("x-forwarded-for", "").split(",")[0].strip()
    event = Event(
        event_type=asked.event_type,
        event_data=asked.event_data or {},
        user_id=asked.user_id,
        session_id=asked.session_id,
        ip_address=forwarded or (request.client.host if request.client else "unknown"),
        user_agent=request.headers.get("user-agent", "unknown"),
    )
    database.add(event)
    await database.commit()
    return event


@router.post("/metrics", response_model=MetricResponse)
async def add_metric(asked: NewMetric, database: AsyncSession = Depends(session)):
    metric = Metric(**{**asked.dict(), "labels": asked.labels or {}})
    database.add(metric)
    await database.commit()
    return metric


@router.get("/metrics", response_model=MetricList)
async def list_metrics(
    metric_name: str | None = None,
    service_name: str | None = None,
    user_id: int | None = None,
    limit: int = 100,
    database: AsyncSession = Depends(session),
):
    query = select(Metric).order_by(Metric.timestamp.desc()).limit(limit)
    for column, value in ((Metric.metric_name, metric_name), (Metric.service_name, service_name), (Metric.user_id, user_id)):
        if value:
            query = query.where(column == value)
    metrics = (await database.execute(query)).scalars().all()
    return {"metrics": metrics, "count": len(metrics)}
