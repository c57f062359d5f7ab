"""What a page will ask is asked in one statement. Each query on its own costs the driver and peewee more than it costs
SQLite; so a page says beforehand which prepared queries it is going to need, and whoever asks one of them later, a rule
for instance, finds the answer there. Who asks for something else still asks the database. A step does the same within
its transaction, where nobody else can change anything."""

from functools import lru_cache

from carmanana.core.connection import database
from carmanana.core.query import Unread, answers


def ask_together(**asked: tuple) -> dict[str, str]:
    """Each a prepared query and its values. Answers with their rows as texts of JSON, by which what is drawn of them
    can be kept; with nothing where every query is to be asked by itself: in a transaction and outside of a page."""
    known = answers.so_far()
    if known is None:
        return {}
    found = _asked(asked)
    known.update(found)
    return dict(zip(asked, (unread.text for unread in found.values()), strict=True))


def ask_ahead(**asked: tuple) -> None:
    """The same in a transaction, until something is written in it: each reading of an answer makes new records."""
    if database.in_transaction():
        answers.keep_ahead(_asked(asked))


def _asked(asked: dict[str, tuple]) -> dict[tuple, Unread]:
    places, values = [], []
    for query, *given in asked.values():
        if query.read is None:  # how its rows are read is learnt from an answer of its own
            query(*given)
        mine = query.given_with(tuple(given))
        places.append((query, (query.sql, *mine)))
        values += mine
    sql = _merged(tuple((query.sql, query.columns) for query, _ in places))
    texts = database.execute_sql(sql, values).fetchone()
    return {key: Unread(query, text) for (query, key), text in zip(places, texts, strict=True)}


@lru_cache(200)
def _merged(queries: tuple[tuple[str, int], ...]) -> str:
    """The rows of each as an array, in their order, in a column of its own."""
    names = [", ".join(f"c{place}" for place in range(columns)) for _, columns in queries]
    tables = [f"q{n} ({names[n]}) AS ({sql})" for n, (sql, _) in enumerate(queries)]
    columns = [f"(SELECT json_group_array(json_array({told})) FROM q{n})" for n, told in enumerate(names)]
    return f"WITH {', '.join(tables)} SELECT {', '.join(columns)}"
