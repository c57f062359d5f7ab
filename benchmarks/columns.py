"""Ten columns of twenty cards: stages added by an admin and filled by a manager, over HTTP like anybody's."""

from itertools import cycle, zip_longest

from .browser import Browser, Unexpected
from .stock import ACTIVE, BOARD, CARDS, COLUMNS, SLUG, Stock

ENOUGH, FEWEST = CARDS + 4, 6


def widen(port: int, stock: Stock) -> None:
    pipeline = stock.run("SELECT id FROM pipeline WHERE slug = ?", (SLUG,))[0][0]
    admin, manager = Browser(port, "admin"), Browser(port, "manager")
    old = stock.stages()
    for number in range(len(old) + 1, COLUMNS + 1):
        form = {"name": f"Column {number}", "accent": "1", "ageing_days": "14", "probability": "50"}
        _done(admin, f"/pipelines/{pipeline}/stages/new", form, "a new stage")
    _fill(manager, stock, [stage for stage in stock.stages() if stage not in old], _spare(stock, old))
    admin.close()
    manager.close()


def _fill(manager: Browser, stock: Stock, stages: list[int], spare: list[int]) -> None:
    for stage, deal in zip(cycle(stages), spare[: ENOUGH * len(stages)], strict=False):
        form = {"column": f"s{stage}", "version": stock.place(deal)[1]}
        _done(manager, f"/deals/{deal}/column", form, "filling a column", BOARD)


def _spare(stock: Stock, stages: list[int]) -> list[int]:
    """Deals that their columns can do without, one of each column in turn."""
    columns = [stock.ids(f"{ACTIVE} AND stage.id = :stage ORDER BY deal.id", stage=stage) for stage in stages]
    spare = [column[min(ENOUGH, max(FEWEST, len(column) // 2)) :] for column in columns]
    return [deal for turn in zip_longest(*spare) for deal in turn if deal]


def _done(browser: Browser, path: str, form: dict, what: str, page: str = "") -> None:
    answer = browser.ask(browser.post(path, form, page))
    if answer.status not in (200, 303):
        raise Unexpected(what, answer)
