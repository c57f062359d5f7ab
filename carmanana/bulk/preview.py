"""What would become of each deal, by the rules that guard the single step."""

from dataclasses import dataclass, field

from carmanana.deals.models import Deal
from carmanana.people.models import User
from carmanana.workflow import Refusal

from .kinds import Kind


@dataclass
class Preview:
    """`refused` has the deals by their first refusal, the most frequent first; `gone` is how many are not there."""

    may: list[Deal] = field(default_factory=list)
    refused: list[tuple[Refusal, list[Deal]]] = field(default_factory=list)
    gone: int = 0

    @property
    def refusals(self) -> int:
        return sum(len(deals) for _, deals in self.refused) + self.gone


def preview(kind: Kind, deals: list[Deal], by: User, given: dict, gone: int = 0) -> Preview:
    """What the form itself still lacks refuses nothing here: it is asked for there."""
    asked = {refusal.code for refusal in kind.lacks(by, given)}
    marks, known = kind.alike(deals, by, given), {}
    outlook, sorts = Preview(gone=gone), {}
    for deal in deals:
        mark = marks[deal.id]
        if mark not in known:
            known[mark] = next((refusal for refusal in kind.why_not(deal, by, given) if refusal.code not in asked), None)
        refusal = known[mark]
        (sorts.setdefault((refusal.code, refusal.sentence), (refusal, []))[1] if refusal else outlook.may).append(deal)
    outlook.refused = sorted(sorts.values(), key=lambda sort: -len(sort[1]))
    return outlook
