"""Demo databases of any size, made once and kept; every run works on a copy of its own."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from .server import ROOT

SEED = 1
NAME = "carmanana.sqlite3"
ROOM = 1.2  # times its size, with what is written into it


def folder() -> Path:
    return Path(os.environ.get("BENCH_DATA") or Path(tempfile.gettempdir()) / "carmanana-bench")


def schema() -> str:
    """A world belongs to the schema that it was made with."""
    told = hashlib.sha256()
    for path in sorted((ROOT / "carmanana" / "schema").rglob("*.py")):
        told.update(path.read_bytes())
    return told.hexdigest()[:10]


def world(deals: int, fresh: bool = False) -> tuple[Path, float]:
    """The folder of the kept database, and how many seconds it took to make."""
    kept = folder() / f"deals-{deals}-{schema()}"
    if fresh or not kept.exists():
        for old in folder().glob(f"deals-{deals}-*"):
            shutil.rmtree(old)
        make(deals, kept)
    return kept, float((kept / "seconds").read_text())


def make(deals: int, kept: Path) -> None:
    """In a process of its own; the folder appears whole or not at all."""
    folder().mkdir(parents=True, exist_ok=True)
    print(f"Making {deals:,} deals ...", flush=True)
    with tempfile.TemporaryDirectory(dir=folder(), prefix="making-") as making:
        place = Path(making) / "world"
        environment = os.environ | {"CARMANANA_ENV": "development", "CARMANANA_DATA": str(place)}
        began = time.monotonic()
        subprocess.run([sys.executable, "-m", "benchmarks.worlds", str(deals)], cwd=ROOT, env=environment, check=True)
        (place / "seconds").write_text(f"{time.monotonic() - began:.1f}")
        place.rename(kept)


def made_on(kept: Path) -> str:
    return f"{datetime.fromtimestamp((kept / 'seconds').stat().st_mtime):%-d %B %Y}"


@contextmanager
def copy_of(kept: Path) -> Iterator[Path]:
    """Where there is no room for a copy, the world itself, which is made anew the next time."""
    with tempfile.TemporaryDirectory(dir=folder(), prefix="run-") as run:
        if shutil.disk_usage(run).free > (kept / NAME).stat().st_size * ROOM:
            shutil.copy(kept / NAME, run)
        else:
            print(f"There is no room for a copy: {kept} is worked on itself, and made anew the next time.", flush=True)
            (kept / NAME).rename(Path(run) / NAME)
            shutil.rmtree(kept)
        yield Path(run)


def build_here(deals: int) -> None:
    """What the process of `make` does: migrate and build in CARMANANA_DATA, and leave one file without a WAL."""
    from carmanana import config
    from carmanana.contacting.attachments import keep_in
    from carmanana.core import db
    from carmanana.demo import build
    from carmanana.schema.migrate import migrate

    settings = config.from_environment()
    db.open_database(settings)
    keep_in(settings.uploads)
    db.database.connect()
    migrate(settings)
    build(deals=deals, seed=SEED)
    db.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.database.close()


if __name__ == "__main__":
    build_here(int(sys.argv[1]))
