"""What whoever works with the data does first: the database, the files, and how they are written."""

import pkgutil
from importlib import import_module
from pathlib import Path

from carmanana.config import Settings
from carmanana.contacting.attachments import keep_in
from carmanana.contacting.mail import outbox_address
from carmanana.core import uploads
from carmanana.core.db import open_database

WITHOUT_RULES = ("web", "blueprints", "serving", "demo")


def open_with(settings: Settings) -> None:
    open_database(settings)
    keep_in(settings.uploads)
    uploads.allow(settings.upload_megabytes)
    outbox_address.open_with(settings)


def load_every_rule() -> None:
    """Packages extend each other's machines when they are loaded: without one of them, its law would not hold."""
    for package in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if package.ispkg and package.name not in WITHOUT_RULES:
            found = import_module(f"carmanana.{package.name}")
            for module in pkgutil.walk_packages(found.__path__, f"{found.__name__}."):
                if ".migrations." not in module.name:
                    import_module(module.name)
