"""Rules that a form's plain fields share: something must be said, a moment must lie ahead."""

from datetime import timedelta

from carmanana.core.limits import FARTHEST
from carmanana.core.workflow import Attempt, Refusal, Rule


def said(attempt: Attempt, name: str) -> str:
    return (attempt.given.get(name) or "").strip()


def words(name: str, sentence: str, sop: str) -> Rule:
    """Something must be said in a field."""

    def rule(attempt: Attempt):
        return None if said(attempt, name) else Refusal(name, sentence, sop, field=name)

    rule.__name__ = f"{name}_given"
    return rule


def ahead(name: str, sentence: str, sop: str, within: timedelta = FARTHEST) -> Rule:
    """A moment in the future must be chosen, and no farther than we can mean it."""

    def rule(attempt: Attempt):
        at = attempt.given.get(name)
        return None if at and attempt.at < at <= attempt.at + within else Refusal(name, sentence, sop, field=name)

    rule.__name__ = f"{name}_is_ahead"
    return rule


def one_of(name: str, choices, sentence: str, sop: str) -> Rule:
    """One of the choices of a field must be chosen."""

    def rule(attempt: Attempt):
        return None if attempt.given.get(name) in choices else Refusal(name, sentence, sop, field=name)

    rule.__name__ = f"{name}_chosen"
    return rule
