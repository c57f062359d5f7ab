"""Which cells of an OpenDocument table are merged over rows, of which calamine does not tell."""

from collections.abc import Iterator
from xml.parsers import expat
from zipfile import ZipFile, is_zipfile

BLOCK = 64 * 1024
CONTENT = "content.xml"
Area = tuple[tuple[int, int], tuple[int, int]]  # the first cell and the last one: row and column, from 0


def is_one(path: str) -> bool:
    if not is_zipfile(path):
        return False
    with ZipFile(path) as packed:
        return CONTENT in packed.namelist()


def merged(path: str, name: str) -> Iterator[Area]:
    table, parser = Table(name), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = table.starts, table.ends
    parser.EntityDeclHandler = _refuse_entities
    with ZipFile(path) as packed, packed.open(CONTENT) as content:
        while block := content.read(BLOCK):
            parser.Parse(block)
            yield from table.given_up()
        parser.Parse(b"", True)  # what it has put off
        yield from table.given_up()


def _refuse_entities(*declared) -> None:
    raise ValueError("a spreadsheet declares no entities")


class Table:
    """Counts the rows and cells that are written once for several."""

    def __init__(self, name: str):
        self.name, self.here = name, False
        self.row = self.column = self.rows = 0
        self.found: list[Area] = []

    def given_up(self) -> list[Area]:
        found, self.found = self.found, []
        return found

    def starts(self, tag: str, said: dict) -> None:
        if tag == "table:table":
            self.here, self.row = said.get("table:name") == self.name, 0
        elif tag == "table:table-row":
            self.column, self.rows = 0, int(said.get("table:number-rows-repeated", 1))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._cell(said)

    def _cell(self, said: dict) -> None:
        down, across = (int(said.get(f"table:number-{way}-spanned", 1)) for way in ("rows", "columns"))
        if self.here and down > 1:
            self.found.append(((self.row, self.column), (self.row + down - 1, self.column + across - 1)))
        self.column += int(said.get("table:number-columns-repeated", 1))

    def ends(self, tag: str) -> None:
        if tag == "table:table-row":
            self.row += self.rows
