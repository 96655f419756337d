"""Files: upload, list, one (automation contract 1.4)."""
import hashlib
import mimetypes
import os
import uuid

import aiofiles
from fastapi import APIRouter, Depends, HTTPException, Query, UploadFile
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from . import settings
from .database import session
from .models import File

router = APIRouter(prefix="/files")


@router.post("/upload")
async def upload(file: UploadFile, database: AsyncSession = Depends(session)):
    """Reads the whole file, hashes it, writes it to the disk, adds its row."""
    extension = os.path.splitext(file.filename)[1]
    if extension.lower() not in settings.ALLOWED_EXTENSIONS:
        raise HTTPException(400, f"File type not allowed. Allowed types: {list(settings.ALLOWED_EXTENSIONS)}")
    content = await file.read()
    if len(content) > settings.MAX_FILE_SIZE:
        raise HTTPException(413, f"File too large. Max size: {settings.MAX_FILE_SIZE} bytes")
    name = f"{uuid.uuid4()}{extension}"
    path = os.path.join(settings.UPLOAD_DIRECTORY, name)
    async with aiofiles.open(path, "wb") as stored:
        await stored.write(content)
    row = File(
        filename=name,
        original_filename=file.filename,
        file_path=path,
        file_size=len(content),
        mime_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        file_hash=hashlib.sha256(content).hexdigest(),
    )
    database.add(row)
    await database.commit()
    return {"message": "File uploaded successfully", "file": _shape(row)}


@router.get("")
async def list_files(skip: int = Query(0, ge=0), limit: int = Query(100, ge=1, le=1000), database: AsyncSession = Depends(session)):
    rows = (await database.execute(select(File).order_by(File.created_at.desc()).offset(skip).limit(limit))).scalars().all()
    return {"files": [_shape(row) for row in rows], "total": len(rows), "skip": skip, "limit": limit}


@router.get("/{file_id}")
async def one_file(file_id: int, database: AsyncSession = Depends(session)):
    row = await database.get(File, file_id)
    if row is None:
        raise HTTPException(404, "File not found")
    return {"file": _shape(row)}


def _shape(file: File):
    return {
        "id": file.id,
        "filename": file.filename,
        "original_filename": file.original_filename,
        "file_size": file.file_size,
        "mime_type": file.mime_type,
        "file_hash": file.file_hash,
        "status": file.status.lower(),
        "metadata": file.meta_data or {},
        "processing_started_at": file.processing_started_at,
        "processing_completed_at": file.processing_completed_at,
        "processing_error": file.processing_error,
        "created_at": file.created_at,
        "updated_at": file.updated_at,
    }
