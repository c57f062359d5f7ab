"""A deposit that comes with a signed agreement."""

from carmanana.core import clock
from carmanana.core.workflow import Attempt
from carmanana.records.deals import Payment


def take_deposit(attempt: Attempt) -> None:
    given = attempt.given
    if given.get("deposit_cents"):
        Payment.create(
            deal=attempt.record,
            kind="received",
            is_deposit=True,
            amount_cents=given["deposit_cents"],
            paid_on=given.get("deposit_on") or clock.today(attempt.by.timezone),
            recorded_by=attempt.by,
        )
