"""A minute of moves without a pause: does a write fail, is an acknowledged one lost, how long does the slowest take?"""

import re
from dataclasses import replace

from .cases import CASES, move_across
from .measure import Crowd, at_once, worst
from .stock import MOVABLE, Stock

CARD = re.compile(r'data-card="(\d+)"\s+data-version="(\d+)"')
MOVE = next(case for case in CASES if case.play is move_across)


def soak(crowd: Crowd, stock: Stock, connections: int, seconds: float) -> dict:
    newest: dict[int, int] = {}
    case = replace(MOVE, play=remembering(newest))
    connections = min(connections, len(stock.ids(MOVABLE)))
    run = at_once(case, crowd, stock, connections, seconds)
    lost = [deal for deal, version in newest.items() if stock.place(deal)[1] < version]
    return {
        "connections": connections,
        "seconds": seconds,
        "moves": len(run.seconds) - len(run.failed),
        "rate": round(run.rate, 1),
        "failed": len(run.failed),
        "failures": run.failed[:5],
        "lost": len(lost),
        "p99_ms": round(worst(run.seconds), 1),
        "longest_ms": round(max(run.seconds) * 1000, 1),
    }


def remembering(newest: dict[int, int]):
    """The same moves; the version that the server acknowledged last is kept of each deal."""

    def play(browser, stock, share):
        moves = move_across(browser, stock, share)
        request = next(moves, None)
        while request:
            answer = yield request
            if answer.status == 200:
                newest.update((int(deal), int(version)) for deal, version in CARD.findall(answer.text))
            request = moves.send(answer)

    return play
