"""Accounts: register, log in, verify, profile (platform contract 1.3 to 1.5)."""
from datetime import datetime

from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel, EmailStr
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from . import settings
from .database import session
from .models import User
from .security import current_user, hash_password, is_password, issue_token

router = APIRouter(prefix="/auth")


class Login(BaseModel):
    email: EmailStr
    password: str


class Registration(Login):
    first_name: str | None = None
    last_name: str | None = None


class UserResponse(BaseModel):
    id: int
    email: str
    first_name: str | None
    last_name: str | None
    is_active: bool
    created_at: datetime

    class Config:
        orm_mode = True


class TokenResponse(BaseModel):
    access_token: str
    token_type: str
    expires_in: int
    user: UserResponse


class VerifyResponse(BaseModel):
    valid: bool
    user: UserResponse


@router.post("/register", response_model=TokenResponse)
async def register(asked: Registration, database: AsyncSession = Depends(session)):
    if len(asked.password) < 8:
        raise HTTPException(400, "Password must be at least 8 characters")
    if await _find(asked.email, database):
        raise HTTPException(400, "Email already registered")
    user = User(email=asked.email, password_hash=hash_password(asked.password), first_name=asked.first_name, last_name=asked.last_name)
    database.add(user)
    await database.commit()
    return _tokens(user)


@router.post("/login", response_model=TokenResponse)
async def log_in(asked: Login, database: AsyncSession = Depends(session)):
    user = await _find(asked.email, database)
    if user is None or not user.is_active or not is_password(asked.password, user.password_hash):
        raise HTTPException(401, "Invalid credentials")
    return _tokens(user)


@router.get("/verify", response_model=VerifyResponse)
async def verify(user: User = Depends(current_user)):
    return {"valid": True, "user": user}


@router.get("/profile", response_model=UserResponse)
async def profile(user: User = Depends(current_user)):
    return user


async def _find(email: str, database: AsyncSession) -> User | None:
    return (await database.execute(select(User).where(User.email == email))).scalar_one_or_none()


def _tokens(user: User):
    return {"access_token": issue_token(user), "token_type": "bearer", "expires_in": settings.JWT_SECONDS, "user": user}
