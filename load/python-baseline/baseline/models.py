"""The tables (platform contract 3.2 to 3.4, automation contract 5). Defaults are the application's, times are UTC."""
from datetime import datetime, timezone

from sqlalchemy import JSON, Boolean, Column, DateTime, Float, Integer, String, Text

from .database import Base


def _now():
    return datetime.now(timezone.utc)


class User(Base):
    __tablename__ = "platform_users"

    id = Column(Integer, primary_key=True)
    email = Column(String(255), unique=True, nullable=False)
    password_hash = Column(String(255), nullable=False)
    is_active = Column(Boolean, default=True, nullable=False)
    created_at = Column(DateTime, default=datetime.utcnow, nullable=False)
    updated_at = Column(DateTime, default=datetime.utcnow, onupdate=datetime.utcnow, nullable=False)
    first_name = Column(String(100))
    last_name = Column(String(100))
    meta_data = Column(JSON, default=dict, nullable=False)


class Event(Base):
    __tablename__ = "platform_analytics_events"

    id = Column(Integer, primary_key=True)
    user_id = Column(Integer)
    event_type = Column(String(100), nullable=False)
    event_data = Column(JSON, default=dict, nullable=False)
    timestamp = Column(DateTime, default=datetime.utcnow, nullable=False)
    session_id = Column(String(255))
    ip_address = Column(String(45))
    user_agent = Column(Text)


class Metric(Base):
    __tablename__ = "platform_analytics_metrics"

    id = Column(Integer, primary_key=True)
    metric_name = Column(String(100), nullable=False)
    metric_value = Column(Float, nullable=False)
    metric_type = Column(String(50), nullable=False)
    user_id = Column(Integer)
    service_name = Column(String(100))
    endpoint = Column(String(255))
    labels = Column(JSON, default=dict, nullable=False)
    timestamp = Column(DateTime, default=datetime.utcnow, nullable=False)


class File(Base):
    __tablename__ = "files"

    id = Column(Integer, primary_key=True, index=True)
    filename = Column(String(255), nullable=False)
    original_filename = Column(String(255), nullable=False)
    file_path = Column(String(500), nullable=False)
    file_size = Column(Integer, nullable=False)
    mime_type = Column(String(100))
    file_hash = Column(String(64), index=True)
    status = Column(String(10), default="UPLOADED", index=True)
    content = Column(Text)
    meta_data = Column("metadata", JSON, default=dict)
    processing_started_at = Column(DateTime(timezone=True))
    processing_completed_at = Column(DateTime(timezone=True))
    processing_error = Column(Text)
    created_at = Column(DateTime(timezone=True), default=_now)
    updated_at = Column(DateTime(timezone=True), default=_now, onupdate=_now)


class Workflow(Base):
    __tablename__ = "workflows"

    id = Column(Integer, primary_key=True, index=True)
    name = Column(String(200), nullable=False, index=True)
    description = Column(Text)
    config = Column(JSON, nullable=False)
    triggers = Column(JSON, default=list)
    cron_expression = Column(String(100))
    next_run = Column(DateTime(timezone=True))
    status = Column(String(10), default="ACTIVE", index=True)
    is_enabled = Column(Boolean, default=True, index=True)
    execution_count = Column(Integer, default=0)
    success_count = Column(Integer, default=0)
    failure_count = Column(Integer, default=0)
    last_execution_at = Column(DateTime(timezone=True))
    created_at = Column(DateTime(timezone=True), default=_now)
    updated_at = Column(DateTime(timezone=True), default=_now, onupdate=_now)
