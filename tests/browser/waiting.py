"""Waiting for what no locator tells. Playwright's own wait for a function needs eval, which our pages forbid."""

import time
from collections.abc import Callable

from playwright.sync_api import Page


def until(page: Page, holds: Callable[[], bool], seconds: float = 60) -> None:
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "it did not come about"
        page.wait_for_timeout(50)
