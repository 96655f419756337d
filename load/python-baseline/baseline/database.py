"""The database: engine with a pool of 5 and 10 more, a session for each request."""
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import declarative_base, sessionmaker

from . import settings

engine = create_async_engine(settings.DATABASE_URL, pool_size=5, max_overflow=10, pool_pre_ping=True)
Base = declarative_base()
_sessions = sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)


async def create_tables():
    """Makes the tables that are not there."""
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)


async def session():
    """The session of a request."""
    async with _sessions() as opened:
        yield opened
