"""Find a Chromium for the browser tests, or install one; say how where neither works."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find() -> str | None:
    """$CHROMIUM, the system's own, or the one that Playwright brought."""
    given = os.environ.get("CHROMIUM")
    if given:
        return given if Path(given).exists() else None
    return next((found for name in NAMES if (found := shutil.which(name))), None) or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    for command in _installers():
        print("Installing a browser:", " ".join(command), flush=True)
        if subprocess.run(command, stdout=subprocess.DEVNULL).returncode == 0 and find():
            return


def _installers() -> list[list[str]]:
    commands = []
    if shutil.which("apt-get"):
        root = [] if os.geteuid() == 0 else ["sudo", "-n"] if shutil.which("sudo") else None
        if root is not None:
            apt = "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium"
            commands.append([*root, "sh", "-c", apt])
    return [*commands, [sys.executable, "-m", "playwright", "install", "chromium"]]


if __name__ == "__main__":
    if not find():
        install()
    if not find():
        sys.exit("No Chromium found. Install one (Debian: apt install chromium) or set CHROMIUM to its path.")
