"""Names that may be one person's: a few from the search index, then compared letter by letter."""

from rapidfuzz import fuzz, utils

from carmanana.records.customers import Customer
from carmanana.records.people import User
from carmanana.records.search import SearchName
from carmanana.schema.search_words import Words, plain

from .contact import visible

MOST_EACH = 50
ALIKE = 86
GENERATIONS = {"jr", "junior", "sr", "senior", "ii", "iii", "iv"}
TITLES = {
    "mr": "m",
    "herr": "m",
    "monsieur": "m",
    "sr": "m",
    "mrs": "f",
    "ms": "f",
    "miss": "f",
    "frau": "f",
    "mme": "f",
    "sra": "f",
    "dr": "",
    "prof": "",
}
WITHIN = 0.95  # a name with one more word than the other is nearly as good


def near(by: User, name: str) -> list[tuple[Customer, int]]:
    """Customers whom this person sees by a name that is alike, with how much of a hundred."""
    found = {customer.id: customer for wanted in _ways_to_find(name) for customer in _found(by, wanted)}
    alike = ((customer, likeness(name, customer.name)) for customer in found.values())
    return [(customer, much) for customer, much in alike if much >= ALIKE]


def likeness(one: str, other: str) -> int:
    one, other = utils.default_process(plain(one)), utils.default_process(plain(other))
    shared = set(one.split()) & set(other.split())
    within = fuzz.token_set_ratio(one, other) * WITHIN if len(shared) > 1 else 0
    return int(max(fuzz.token_sort_ratio(one, other), within))


def may_be_one(one: str, other: str) -> bool:
    """May two names be one person's, who share a number or an address? "G. Smith" and "Gia" may; "Nora Vega" and "Paul
    Vega" share the line, and so do a father and his son (Jr.), Mr and Mrs."""
    (one, told), (other, also) = _taken_apart(one), _taken_apart(other)
    if told["generation"] != also["generation"] or len({told["title"], also["title"]} - {""}) > 1:
        return False
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and all(any(_same_word(word, each) for each in longer) for word in shorter)


def _taken_apart(name: str) -> tuple[list[str], dict[str, str]]:
    words = utils.default_process(plain(name)).split()
    generation = next((word for word in words[1:] if word in GENERATIONS), "")
    title = next((TITLES[word] for word in words[:1] if word in TITLES), "")
    bare = [word for word in words if word not in TITLES and word != generation]
    return bare or words, {"generation": generation, "title": title}


def _same_word(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[:1] == other[:1]
    return one == other or (min(len(one), len(other)) > 3 and fuzz.ratio(one, other) >= ALIKE)


def _ways_to_find(name: str) -> list[str]:
    """Every word by how it begins; else one of the longest nearly whole, so that a slip in another does no harm."""
    words = sorted(Words.read(name).words, key=len, reverse=True)
    if not words or len(words[0]) < 2:
        return []
    ways = [" ".join(_begins(word, 3) for word in words)]
    for word in words[:2]:
        others = " OR ".join(_begins(other, 1) for other in words if other != word)
        ways.append(f"{_begins(word, 6)} AND ({others})" if others else _begins(word, 6))
    return list(dict.fromkeys(ways))


def _begins(word: str, letters: int) -> str:
    return f'"{word[:letters]}"*'


def _found(by: User, wanted: str):
    """The newest; the index stops when there are enough."""
    found = Customer.select(Customer).join(SearchName, on=Customer.id == SearchName.id)
    return found.where(SearchName.tells(wanted), visible(by)).order_by(SearchName.id.desc()).limit(MOST_EACH)
