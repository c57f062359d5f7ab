"""The form of a merge: for each fact that differs, which of the two stays."""

from carmanana.customers.languages import name_of
from carmanana.customers.merging import CHOSEN, stricter
from carmanana.records.customers import MOODS, Customer
from carmanana.web.filters import region_name
from carmanana.web.forms import DealershipForm, RadioField, TextField

KEPT, GONE = "kept", "gone"


def which(name: str) -> RadioField:
    return RadioField(CHOSEN[name], choices=[(KEPT, ""), (GONE, "")])


class MergeForm(DealershipForm):
    name = which("name")
    region = which("region")
    timezone = which("timezone")
    language = which("language")
    owner = which("owner")
    mood = which("mood")

    @classmethod
    def of(cls, kept: Customer, gone: Customer) -> "MergeForm":
        form = cls(data={name: GONE if stricter(name, kept, gone) else KEPT for name in CHOSEN})
        for name in CHOSEN:
            if getattr(kept, name) == getattr(gone, name):
                del form[name]
            else:
                form[name].choices = [(KEPT, shown(name, kept)), (GONE, shown(name, gone))]
        return form

    @property
    def taken(self) -> set[str]:
        return {name for name, value in self.data.items() if value == GONE}


class OtherForm(DealershipForm):
    text = TextField("Or find another", most=80)
    find = TextField("Find", most=12)
    other = TextField("With", most=12)


def shown(name: str, customer: Customer) -> str:
    """A fact as a person would say it."""
    value = getattr(customer, name)
    if name == "owner":
        return value.name if value and not value.house else "Nobody"
    told = {
        "language": name_of,
        "mood": MOODS.get,
        "region": region_name,
        "timezone": lambda zone: zone.replace("_", " "),
    }.get(name, str)(value)
    return told or "Not known"
