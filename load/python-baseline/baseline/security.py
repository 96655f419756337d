"""Who may call: the API key, passwords, access tokens (platform contract 0.5, 1.5, 2)."""
import hmac
import time

import bcrypt
import jwt
from fastapi import Depends, Header, HTTPException
from sqlalchemy.ext.asyncio import AsyncSession

from . import settings
from .database import session
from .models import User


async def require_key(x_api_key: str = Header("")):
    """Refuses a wrong key."""
    if not hmac.compare_digest(x_api_key.encode(), settings.API_KEY.encode()):
        raise HTTPException(401, "Invalid API key")


# Hashing is done on the event loop, as it was deployed: meanwhile nothing else is answered.
def hash_password(password: str) -> str:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(settings.PASSWORD_HASH_ROUNDS)).decode()


def is_password(password: str, stored: str) -> bool:
    return bcrypt.checkpw(password.encode(), stored.encode())


def issue_token(user: User) -> str:
    now = int(time.time())
    claims = {"sub": str(user.id), "email": user.email, "iat": now, "exp": now + settings.JWT_SECONDS, "type": "access"}
    return jwt.encode(claims, settings.JWT_SECRET, algorithm="HS256")


async def current_user(authorization: str = Header(""), database: AsyncSession = Depends(session)) -> User:
    """The user of the token, whose row is read each time."""
    if not authorization.startswith("Bearer "):
        raise HTTPException(401, "Missing or invalid authorization header")
    try:
        claims = jwt.decode(authorization[len("Bearer "):], settings.JWT_SECRET, algorithms=["HS256"])
        user = await database.get(User, int(claims["sub"]))
    except jwt.ExpiredSignatureError:
        raise HTTPException(401, "Token expired")
    except (jwt.InvalidTokenError, KeyError, ValueError):
        raise HTTPException(401, "Invalid token")
    if user is None or not user.is_active:
        raise HTTPException(401, "User not found or inactive")
    return user
