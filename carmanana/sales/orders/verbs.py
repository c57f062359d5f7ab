"""The steps of a sales order as people meet them."""

from carmanana.core import clock
from carmanana.core.fields import DAY, WORDS, Field
from carmanana.core.verbs import Verb, catalogue
from carmanana.sales.orders.lifecycle import ordering

VERBS = catalogue(
    ordering,
    Verb(
        "complete",
        "Delivered…",
        icon="circle-check",
        title=lambda order: f"Complete {order.name}",
        submit="Complete",
        fields=(Field("delivered_on", "Delivered on", DAY, start=lambda order, by: clock.today(by.timezone)),),
        note="The vehicle becomes an asset of the customer’s.",
        done=lambda one: f"{one.name} is completed",
        timeline="Sales order completed",
        look="connected",
        primary=True,
    ),
    Verb(
        "reopen",
        "Reopen…",
        icon="undo",
        title=lambda order: f"Reopen {order.name}",
        fields=(Field("reason", "Reason, in words", WORDS, most=2000, start=""),),
        done=lambda one: f"{one.name} is open again",
        timeline="Sales order reopened",
    ),
)
