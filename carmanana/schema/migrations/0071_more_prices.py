"""More phrases that quote or negotiate a price; a distance in thousands is none."""

import tomllib
from pathlib import Path

FILE = Path(__file__).resolve().parents[3] / "data" / "reference" / "phrases_prices_more.toml"
NOW = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"
PHRASE = f"INSERT INTO phrase (sort, pattern, catches, passes, language, changed_at) VALUES ('price_quote', ?, ?, ?, ?, {NOW})"
WAS = "(for|at|costs|is|about|around|under) .. thousand !(miles|mile|kilometers|kilometres|km|people|customers)"
IS = "(for|at|costs|is|under) .. thousand !(miles|mile|kilometers|kilometres|km|people|customers|pounds|hours)"


def up(migrator, db):
    for phrase in tomllib.loads(FILE.read_text("utf-8"))["phrase"]:
        db.execute_sql(PHRASE, tuple(phrase[name] for name in ("pattern", "catches", "passes", "language")))
    db.execute_sql("UPDATE phrase SET pattern = ?, version = version + 1 WHERE pattern = ?", (IS, WAS))
