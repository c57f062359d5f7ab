"""The rows before and behind one of a list, in the order that is asked for."""

from carmanana.web.lists import Shown


def beside(shown: Shown, number: int) -> tuple[int | None, int | None]:
    """None where there is none, or where it is no longer among them."""
    if not shown.list.scope(shown.by).where(shown.list.id == number).exists():
        return None, None
    return _next_to(shown, number, True), _next_to(shown, number, False)


def _next_to(shown: Shown, number: int, backwards: bool) -> int | None:
    walk = Shown(shown.list, shown.asked | {"after": str(number)}, shown.by)
    walk.descending = shown.descending != backwards
    return next((found for (found,) in walk.after(walk.in_order).limit(1).tuples()), None)
