"""What the cancellation machine adds to the steps of a deal: the salesperson's request begins it."""

from carmanana.cancellations import requesting
from carmanana.cancellations.lifecycle import review  # noqa: F401  its steps of the deal machine first
from carmanana.core.verbs import Verb
from carmanana.deals.rules import is_owned
from carmanana.deals.verbs import VERBS
from carmanana.records.deal_codes import LOSING

VERBS.extend(
    Verb(
        "request_cancellation",
        "Request a cancellation…",
        icon="losing",
        title="Request a cancellation",
        submit="Send to the manager",
        confirm=True,
        path="cancellation",
        first=(is_owned, requesting.not_delivered),
        outright=(requesting.not_requested_yet,),
        done="The manager has it. The next contact is theirs",
        tint="losing",
        column="losing",
        offered=lambda deal, by: deal.state != LOSING,
    )
)
