"""Every page of the application: a feature's folder joins by being here."""

from importlib import import_module
from pkgutil import walk_packages

from flask import Blueprint


def every_blueprint() -> list[Blueprint]:
    """Each once; importing all modules declares their views."""
    modules = [import_module(found.name) for found in walk_packages(__path__, f"{__name__}.")]
    return list(dict.fromkeys(module.blueprint for module in modules if hasattr(module, "blueprint")))
