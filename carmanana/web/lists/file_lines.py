"""The file of a list: what is shown, all of it, many at a time."""

from collections.abc import Iterable, Iterator

from carmanana.web.lists.shown import Shown

AT_ONCE = 500


def lines(shown: Shown) -> Iterator[Iterable]:
    columns = [column for column in shown.columns if column.in_files]
    yield [column.label for column in columns]
    after = None
    while True:
        page = Shown(shown.list, shown.asked | {"after": str(after or "")}, shown.by, AT_ONCE)
        for row in page.rows:
            yield [column.told(row, page) for column in columns]
        if len(page.ids) <= AT_ONCE:
            return
        after = page.ids[AT_ONCE - 1]
