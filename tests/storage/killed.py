"""A process that dies in the midst of a migration."""

import subprocess
import sys

from tests.documents import HOME

DYING = """
import os, sys
from sqlalchemy import event
from bot.storage.database import open_database
from bot.storage.migrate import migrate
engine = open_database(sys.argv[1])
@event.listens_for(engine, "before_cursor_execute")
def _dies(connection, cursor, statement, *_):
    if statement.startswith(sys.argv[2]):
        os._exit(9)
migrate(engine)
"""


def dies_before(database: str, step: str) -> None:
    """A process brings the database to the newest version, and dies before the first statement that begins so."""
    died = subprocess.run([sys.executable, "-c", DYING, database, step], cwd=HOME, timeout=120, check=False)
    assert died.returncode == 9, step
