"""What a step of a deal changes beside its state: stage and place, hold, steps, money, notes."""

from collections.abc import Callable
from datetime import timedelta

from carmanana.contacting.next_steps import bring_near
from carmanana.core.query import by_id, prepared
from carmanana.core.workflow import Attempt
from carmanana.deals import closing
from carmanana.deals.changes_told import new_value
from carmanana.deals.deposits import take_deposit
from carmanana.deals.positions import place
from carmanana.deals.sellers import report_seller
from carmanana.deals.stage_requirements import missing_at_win
from carmanana.records.activities import Activity
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import ACTIVE, DO_NOT_CONTACT, ENDED, LIVE, ORGANIC
from carmanana.records.deals import Hold
from carmanana.records.notifications import Notification


def waited(effect: Callable[[Attempt], dict]) -> Callable[[Attempt], dict]:
    """Days on hold or under review are no days in the stage: back in it, its time goes on from where it stood."""

    def gone_on(attempt: Attempt) -> dict:
        deal = attempt.record
        stood = max(deal.state_since - deal.in_stage_since, timedelta())
        return {"in_stage_since": attempt.at - stood} | effect(attempt)

    return gone_on


def enter_stage(attempt: Attempt) -> dict:
    """In another stage, or reopened, the time in it begins anew."""
    deal, stage = attempt.record, attempt.given["stage"]
    fields = {"stage": stage, "position": place(deal, stage, attempt.given.get("after"))}
    if stage.id != deal.stage_id or attempt.was in ENDED:
        fields["in_stage_since"] = attempt.at
    if stage.id != deal.stage_id:
        attempt.event_data |= {"from_stage": deal.stage_id, "to_stage": stage.id}
    return fields


def enter_pipeline(attempt: Attempt) -> dict:
    pipeline = attempt.given["stage"].pipeline
    attempt.event_data |= {"from_pipeline": attempt.record.pipeline_id, "to_pipeline": pipeline.id}
    return enter_stage(attempt) | {"pipeline": pipeline, "order_type": pipeline.order_type}


def place_hold(attempt: Attempt) -> dict:
    lift_hold(attempt)
    given = attempt.given
    Hold.create(
        deal=attempt.record,
        sub_status=given["sub_status"],
        reason=given["reason"].strip(),
        follow_up_on=given["follow_up_on"],
        placed_by=attempt.by,
        placed_at=attempt.at,
    )
    closing.move_to_follow_up(attempt)
    attempt.event_data |= {"sub_status": given["sub_status"], "follow_up_on": given["follow_up_on"].isoformat()}
    note_for_manager(
        attempt, f"On hold until {given['follow_up_on']:%-d %b %Y}: {Hold.SUB_STATUSES[given['sub_status']]}"
    )
    return {}


def lift_hold(attempt: Attempt) -> dict:
    _lift.rows(attempt.record, attempt.at)
    return {}


@prepared
def _lift(deal, at):
    return Hold.update(lifted_at=at.to(Hold.lifted_at)).where(Hold.deal == deal, Hold.lifted_at.is_null())


def resume(attempt: Attempt) -> dict:
    lift_hold(attempt)
    closing.replace(attempt)
    closing.add_step(attempt)
    return enter_stage(attempt)


def become_live(attempt: Attempt) -> dict:
    bring_near(attempt.record, attempt.by.timezone)
    return {"readiness": LIVE}


def return_live(attempt: Attempt) -> dict:
    """From hold back into its column, on top: its old place may be another card's now."""
    lift_hold(attempt)
    return become_live(attempt) | {"position": place(attempt.record, attempt.record.stage)}


def become_organic(attempt: Attempt) -> dict:
    note_for_manager(attempt, "Made organic")
    return {"readiness": ORGANIC}


def sign(attempt: Attempt) -> dict:
    given = attempt.given
    take_deposit(attempt)
    closing.keep_for_delivery(attempt)
    if missing_at_win(attempt):
        note_for_manager(attempt, "Won without all that its stages ask for")
    signed = attempt.get("agreement_on").isoformat()
    attempt.event_data |= {
        "value_cents": attempt.get("value_cents"),
        "agreement_on": signed,
        "deposit_cents": given.get("deposit_cents") or 0,
    }
    return {
        "won_at": attempt.record.won_at or attempt.at,
        "currency": attempt.get("currency"),
        "value_cents": attempt.get("value_cents"),
        "agreement_on": attempt.get("agreement_on"),
        "no_deposit_reason": attempt.get("no_deposit_reason") or "",
        "agreed_how": attempt.get("agreed_how") or None,
    }


def close_as_lost(attempt: Attempt) -> dict:
    lift_hold(attempt)
    closing.drop_all(attempt)
    if attempt.given["loss_reason"] == DO_NOT_CONTACT:
        closing.stop_contact(attempt)
    attempt.event_data["reason"] = attempt.given["loss_reason"]
    return {"loss_reason": attempt.given["loss_reason"], "loss_words": (attempt.given.get("reason") or "").strip()}


def unsign(attempt: Attempt) -> dict:
    """The agreement was entered by mistake."""
    write_note(attempt, "Agreement taken back")
    signed, how = attempt.record.agreement_on, attempt.record.agreed_how
    attempt.event_data |= {
        "from": {"agreement_on": signed.isoformat(), "agreed_how": how},
        "to": {"agreement_on": None, "agreed_how": None},
    }
    report_seller(attempt.record, attempt.by)
    if not attempt.record.unowned:
        text = f"{attempt.record.customer.name}: the agreement is taken back"
        Notification.tell(attempt.record.owner, "deal_changed", text, attempt.by, deal=attempt.record)
    return {"agreement_on": None, "agreed_how": None}


def open_again(attempt: Attempt) -> dict:
    write_note(attempt, "Reopened")
    report_seller(attempt.record, attempt.by)
    closing.add_step(attempt)
    deal = attempt.record
    Notification.tell(
        deal.owner,
        "deal_changed",
        f"{by_id(Customer, deal.customer_id).name}: the deal is open again",
        attempt.by,
        deal=deal,
    )
    return enter_stage(attempt) | {"loss_reason": None, "loss_words": "", "won_at": None}


def stay(attempt: Attempt) -> dict:
    """The customer stays: the order is worked again, at a stage. A new next step replaces what was open."""
    lift_hold(attempt)
    if attempt.given.get("replaces"):
        closing.replace(attempt)
    attempt.event_data |= new_value(attempt)
    return enter_stage(attempt) | {"retention": None, "value_cents": attempt.get("value_cents")}


def stay_won(attempt: Attempt) -> dict:
    lift_hold(attempt)
    if attempt.given.get("replaces"):
        closing.replace(attempt)
    take_deposit(attempt)
    attempt.event_data |= new_value(attempt)
    kept = {"won_at": attempt.record.won_at or attempt.at} | {
        name: attempt.get(name) for name in ("agreement_on", "value_cents")
    }
    return kept | {"retention": None, "no_deposit_reason": attempt.get("no_deposit_reason") or ""}


def put_back(attempt: Attempt) -> dict:
    """As it stood before the request; into its column on top, where it was active."""
    place_again = {"position": place(attempt.record, attempt.record.stage)} if attempt.record.state == ACTIVE else {}
    return place_again | {"retention": None}


def cancel_order(attempt: Attempt) -> dict:
    lift_hold(attempt)
    closing.drop_all(attempt)
    return {"retention": None}


def note_for_manager(attempt: Attempt, title: str) -> None:
    write_note(attempt, title)
    client = by_id(Customer, attempt.record.customer_id)
    text = f"{client.name}: {title[0].lower()}{title[1:]}"
    Notification.tell_manager_of(attempt.by, "deal_changed", text, attempt.by, deal=attempt.record)


def write_note(attempt: Attempt, title: str) -> None:
    Activity.create(
        customer=attempt.record.customer_id,
        deal=attempt.record,
        kind="note",
        subject=title,
        summary=attempt.given["reason"].strip(),
        author=attempt.by,
        at=attempt.at,
    )
