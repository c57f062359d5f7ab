"""Which column of a list of cases, quotations or assets holds what. Words that have no field stay in the details of a
case; the others have no place for them, and leave them out."""

from carmanana.importing.columns import DETAIL, LEFT_OUT, OF_CUSTOMERS, OF_CUSTOMERS_AND_DEALS, REPORTED, known, plain
from carmanana.importing.fields import CASES, RECORD_FIELDS, Field

OF_EXPIRIES = ("expires_on", "expiry_supplier", "expiry_about", "expiry_state")
CUSTOMERS = {key: each for key, each in OF_CUSTOMERS.items() if key not in OF_EXPIRIES}


def fields_of(kind: str) -> dict[str, Field]:
    """What a column of such a file can be."""
    return RECORD_FIELDS[kind] | CUSTOMERS if kind in RECORD_FIELDS else OF_CUSTOMERS_AND_DEALS


def loose(kind: str) -> str:
    """What a column without a field becomes."""
    return DETAIL if kind not in RECORD_FIELDS or kind == CASES else LEFT_OUT


def detected_of(headings: list[str], kind: str) -> list[str]:
    """A field for each column: its own fields before the customer's, the best heading first."""
    chosen = [LEFT_OUT if heading in REPORTED else loose(kind) for heading in headings]
    for each in RECORD_FIELDS[kind].values():
        places = [(each.headings.index(bare), place) for place, bare in _plain(headings) if bare in each.headings]
        for _, place in sorted(places)[: None if each.many else 1]:
            chosen[place] = each.key
    for place, heading in enumerate(headings):
        key = known(heading)
        if chosen[place] == loose(kind) and key in CUSTOMERS and (key not in chosen or CUSTOMERS[key].many):
            chosen[place] = key
    return [loose(kind) if key == "name" and {"first_name", "last_name"} <= set(chosen) else key for key in chosen]


def _plain(headings: list[str]) -> list[tuple[int, str]]:
    return [(place, plain(heading)) for place, heading in enumerate(headings)]
