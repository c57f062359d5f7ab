"""True stories to tell: of orders that were really retained, with the customer's consent, and in no other way (SOP
2)."""

from datetime import date

from peewee import Case as When

from carmanana.cancellations.playbook.answering import SOP_SAVE
from carmanana.core import audit, clock
from carmanana.core.db import Stale, change, transaction
from carmanana.core.query import prepared
from carmanana.core.workflow import Forbidden, Refusal, Refused
from carmanana.records.cancellations import RETAINED, CancellationRequest
from carmanana.records.deals import Deal
from carmanana.records.people import User
from carmanana.records.playbook import Story
from carmanana.schema.sqlite import of_ids

OFFERED = 4


def make(
    request: CancellationRequest, by: User, title: str, words: str, consent: str, consented_on: date | None
) -> Story:
    """A story of one retained order: who consented, how and when stands with it."""
    _managers_only(by)
    with transaction():
        fresh = CancellationRequest.get_by_id(request.id)
        refusals = untellable(fresh) or _incomplete(by, title, words, consent, consented_on)
        if refusals:
            raise Refused(refusals, fresh, "story")
        story = Story.create(request=fresh, made_by=by, consented_on=consented_on, **_said(title, words, consent))
        audit.record("story", fresh, by, story=story.id)
    return story


def edit(
    story: Story, by: User, version: int | None, title: str, words: str, consent: str, consented_on: date | None
) -> Story:
    _managers_only(by)
    if refusals := _incomplete(by, title, words, consent, consented_on):
        raise Refused(refusals, story, "story")
    return _change(story, by, "story_edited", version, consented_on=consented_on, **_said(title, words, consent))


def retire(story: Story, by: User) -> Story:
    """It is not told any more, as when the customer takes the consent back."""
    _managers_only(by)
    return story if story.retired_at else _change(story, by, "story_retired", retired_at=clock.now())


def tell_again(story: Story, by: User) -> Story:
    _managers_only(by)
    return _change(story, by, "story_back", retired_at=None) if story.retired_at else story


@of_ids
def listed(ids):
    """With the order that each is of."""
    order = CancellationRequest.id, CancellationRequest.deal, CancellationRequest.main_reason
    found = Story.select(Story, *order, Deal.id, Deal.vehicle_make).join(CancellationRequest).join(Deal)
    return found.where(Story.id.in_(ids))


def suiting(request: CancellationRequest) -> list[Story]:
    """Those that suit this customer, the same make first, then the same reason."""
    return _suiting(request.id, request.deal.vehicle_make, request.main_reason or "")


@prepared
def _suiting(request, make, reason):
    same_make = When(None, [((Deal.vehicle_make == make) & (Deal.vehicle_make != ""), 0)], 1)
    same_reason = When(None, [(CancellationRequest.main_reason == reason, 0)], 1)
    told = Story.told().where(Story.request != request).join(CancellationRequest).join(Deal)
    return told.order_by(same_make, same_reason, Story.id.desc()).limit(OFFERED)


def may_become_one(request: CancellationRequest, by: User) -> bool:
    return by.is_manager and not untellable(request)


def _managers_only(by: User) -> None:
    if not by.is_manager:
        raise Forbidden("story")


def untellable(request: CancellationRequest) -> list[Refusal]:
    if request.state != RETAINED:
        return [
            Refusal(
                "not_retained", "Only a customer who really stayed is a story. This order was not retained.", SOP_SAVE
            )
        ]
    if Story.get_or_none(Story.request == request):
        return [Refusal("told", "This order's story is in the library already.", SOP_SAVE)]
    return []


def _incomplete(by: User, title: str, words: str, consent: str, consented_on: date | None) -> list[Refusal]:
    wanted = {
        "title": (title, "Give it a title."),
        "words": (words, "Tell it, as it really happened."),
        "consent": (consent, "Write who agreed that we tell it, and how."),
    }
    refusals = [
        Refusal(name, sentence, SOP_SAVE, field=name)
        for name, (said, sentence) in wanted.items()
        if not (said or "").strip()
    ]
    if consented_on is None or consented_on > clock.today(by.timezone):
        refusals.append(
            Refusal("consented_on", "Enter the day they agreed, today at the latest.", SOP_SAVE, field="consented_on")
        )
    return refusals


def _said(title: str, words: str, consent: str) -> dict:
    return {"title": title.strip(), "words": words.strip(), "consent": consent.strip()}


def _change(story: Story, by: User, verb: str, version: int | None = None, **fields) -> Story:
    with transaction():
        fresh = Story.get_by_id(story.id)
        if version not in (None, fresh.version):
            raise Stale(fresh)
        change(fresh, **fields)
        audit.record(verb, fresh.request, by, story=fresh.id)
    return fresh
