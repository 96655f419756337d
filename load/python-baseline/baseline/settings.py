"""Settings, from the same environment variables as the executables'."""
import os

API_KEY = os.environ["API_KEY"]
JWT_SECRET = os.environ["JWT_SECRET"]
JWT_SECONDS = 86_400
PASSWORD_HASH_ROUNDS = int(os.environ.get("PASSWORD_HASH_ROUNDS", "12"))
AIRTABLE_GATEWAY_URL = os.environ["AIRTABLE_GATEWAY_URL"]
UPLOAD_DIRECTORY = os.environ["UPLOAD_DIRECTORY"]
ALLOWED_EXTENSIONS = (".pdf", ".doc", ".docx", ".txt", ".csv", ".xlsx", ".xls")
MAX_FILE_SIZE = 100 * 1024 * 1024
DATABASE_URL = os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+asyncpg://", 1)
