"""Files as dealers have them, made for the tests of the import."""

import csv
import io
import random
from pathlib import Path

from openpyxl import Workbook

from carmanana.importing.running import run
from carmanana.importing.uploading import start, upload
from carmanana.records.imports import ImportBatch

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "car_sales.csv"
REAL_ROWS = 23_906
HEADINGS = (
    "Car_id,Date,Month,Customer Name,Gender,Annual Income,Dealer_Name,Company,Model,Engine,Transmission,Color,Price "
    "($),Dealer_No ,Body Style,Phone,Dealer_Region"
).split(",")
NAMES = ["Geraldine", "Gia", "Amar'E", "None", "Nil", "Na", "H", "Marie - Camille", "Jean Baptiste", "Zainab"]
CARS = [("Ford", "Expedition"), ("Dodge", "Durango"), ("Mercedes-B", "E-Class"), ("Toyota", "Celica"), ("BMW", "323i")]


def sales_file(folder: Path, rows: int | None = None) -> tuple[Path, int]:
    """The real file where it is, else one of the same size and the same mess."""
    if REAL.exists() and rows is None:
        return REAL, REAL_ROWS
    return lookalike(folder, rows or REAL_ROWS), rows or REAL_ROWS


def lookalike(folder: Path, rows: int) -> Path:
    path = folder / "car_sales.csv"
    dice = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        for number in range(1, rows + 1):
            writer.writerow(_sale(number, dice))
    return path


def _sale(number: int, dice: random.Random) -> list:
    make, model = dice.choice(CARS)
    month, day, year = dice.randint(1, 12), dice.randint(1, 28), dice.choice((2022, 2023))
    engine = dice.choice(("DoubleÂ\xa0Overhead Camshaft", "Overhead Camshaft"))
    price = f"${dice.randrange(9_000, 82_000, 250):,} "
    return [
        f"C_CND_{number:06}", f"{month}/{day}/{year}", month, dice.choice(NAMES), "Male", 13500, "U-Haul CO", make, model, engine,
        "Auto", "Pale White", price, "60504-7114", "SUV", dice.randint(6_000_000, 8_999_999), "Aurora",
    ]  # fmt: skip


def csv_of(*rows: list, headings: str = "Customer Name,Phone,Email,Make,Model,Price,Status") -> io.BytesIO:
    out = io.StringIO()
    csv.writer(out).writerows([headings.split(","), *rows])
    return io.BytesIO(out.getvalue().encode())


def xlsx_of(path: Path, *rows: list, title: str = "Sales", others: dict | None = None) -> Path:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name, more in (others or {}).items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(row)
    book.save(path)
    return path


SALES = "Customer Name,Phone,Email,Make,Price,Sale Date,Order ID"


def sale(name: str, phone: str = "", email: str = "", order_id: str = "") -> list:
    return [name, phone, email, "Ford", "$26,000 ", "1/2/2022", order_id]


def waiting(by, *rows, headings: str = SALES, again: bool = True) -> ImportBatch:
    return start(upload(csv_of(*rows, headings=headings), "file.csv", by), by, again)


def bring(by, *rows, headings: str = SALES, again: bool = True) -> ImportBatch:
    batch = waiting(by, *rows, headings=headings, again=again)
    assert run(batch)
    return fresh(batch)


def fresh(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.get_by_id(batch.id)
