"""Words of a verb about a record, with its values as this person reads them: "On hold until
{hold.follow_up_on:day}"."""

from string import Formatter

from carmanana.core.verbs import Verb, Words
from carmanana.web.filters import day

WAYS = {"day": day}


class _About(Formatter):
    """Names are looked up in the record, a format names how the value is shown."""

    def __init__(self, record):
        self.record = record

    def get_value(self, key, args, kwargs):
        return getattr(self.record, key)

    def format_field(self, value, spec):
        return WAYS[spec](value) if spec in WAYS else super().format_field(value, spec)


def title_of(verb: Verb, record) -> str:
    """What stands over its dialog."""
    return worded(verb.title or verb.label, record).removesuffix("…")


def submit_label_of(verb: Verb, record) -> str:
    return worded(verb.submit or verb.label, record).removesuffix("…")


def worded(words: Words, record) -> str:
    return words(record) if callable(words) else _About(record).format(words)
