"""People leave; what is open and theirs is handed over first (SOP 1, section E)."""

from dataclasses import dataclass

from peewee import JOIN

from carmanana import audit, clock
from carmanana.activities.models import Activity
from carmanana.customers.models import Customer
from carmanana.db import change, transaction
from carmanana.deals.models import LOSING, OPEN, Deal, Stage
from carmanana.notifications.models import Notification
from carmanana.workflow import Refusal, Refused, Remedy

from .models import AGENT, CRM_ADMIN, MANAGER, User
from .rights import admins_only
from .signin import end_sessions

SOP_OWNER = "Lead & deal SOP, section E"


@dataclass(frozen=True)
class OpenWork:
    """What must be handed over before somebody leaves. `clients` is how many they own; clients
    may stay with somebody who has left."""

    deals: list[Deal]
    steps: list[Activity]
    clients: int

    def __bool__(self) -> bool:
        return bool(self.deals or self.steps)

    @property
    def words(self) -> str:
        return f"{counted(self.deals, 'open deal')} and {counted(self.steps, 'next step')}"


def counted(rows: list, what: str) -> str:
    return f"{len(rows)} {what}{'' if len(rows) == 1 else 's'}"


def open_work(user: User) -> OpenWork:
    """Deals under way, and next steps of theirs on deals of others."""
    theirs = (Deal.owner == user) & Deal.state.in_((*OPEN, LOSING))
    deals = Deal.select(Deal, Customer, Stage).join(Customer).switch(Deal).join(Stage).where(theirs)
    elsewhere = Activity.deal.is_null() | Activity.deal.not_in(Deal.select(Deal.id).where(theirs))
    steps = (
        Activity.open_steps()
        .select(Activity, Customer, Deal)
        .join_from(Activity, Customer)
        .join_from(Activity, Deal, JOIN.LEFT_OUTER)
        .where(Activity.assignee == user, elsewhere)
    )
    clients = Customer.select().where(Customer.owner == user).count()
    return OpenWork(list(deals.order_by(Customer.name, Deal.id)), list(steps), clients)


def deactivate(user: User, by: User) -> User:
    """They leave. Refused while anything open is theirs; their sessions end at once."""
    admins_only(by)
    with transaction():
        fresh = User.get_by_id(user.id)
        if refusals := reasons_to_stay(fresh, by):
            raise Refused(refusals, fresh)
        change(fresh, deactivated_at=clock.now())
        end_sessions(fresh)
        audit.record("deactivate", fresh, by)
        Notification.tell_manager_of(fresh, f"{fresh.name} does not work here any more", by, about=fresh)
    return fresh


def reasons_to_stay(user: User, by: User) -> list[Refusal]:
    """Why somebody can't be deactivated now; the dialog's checklist is drawn from the same answer."""
    rules = (_has_not_left, lambda user: _is_somebody_else(user, by), _leaves_an_admin, _has_no_open_work)
    return [refusal for rule in rules if (refusal := rule(user))]


def _has_not_left(user: User):
    if not user.active:
        return Refusal("left", f"{user.name} has left already.")


def _is_somebody_else(user: User, by: User):
    if user == by:
        return Refusal("self", "Nobody deactivates themselves. Ask another admin.")


def _leaves_an_admin(user: User):
    others = User.working(CRM_ADMIN).where(User.id != user.id)
    if user.has(CRM_ADMIN) and not others.exists():
        return Refusal("last_admin", "Somebody must stay CRM admin.", field="roles")


def _has_no_open_work(user: User):
    if work := open_work(user):
        remedy = Remedy("Hand over", "people.hand_over", (("user_id", user.id),), "move")
        return Refusal("open_work", f"{work.words} are still theirs. Hand them over first.", SOP_OWNER, (remedy,))


def keep_an_admin(user: User, roles) -> None:
    if CRM_ADMIN not in roles and (refusal := _leaves_an_admin(user)):
        raise Refused([refusal], user)


def keep_their_work(user: User, roles) -> None:
    """Whoever stops working deals hands theirs over first."""
    if user.works_deals and not {AGENT, MANAGER} & set(roles) and (refusal := _has_no_open_work(user)):
        raise Refused([refusal], user)


def reactivate(user: User, by: User) -> User:
    admins_only(by)
    with transaction():
        fresh = User.get_by_id(user.id)
        if fresh.active:
            raise Refused([Refusal("here", f"{fresh.name} works here already.")], fresh)
        change(fresh, deactivated_at=None)
        audit.record("reactivate", fresh, by)
    return fresh
