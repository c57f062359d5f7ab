"""People leave; what is open and theirs is handed over first (SOP 1, section E)."""

from dataclasses import dataclass, field

from peewee import JOIN

from carmanana.core import audit, clock
from carmanana.core.db import change, transaction
from carmanana.core.workflow import Refusal, Refused, Remedy
from carmanana.leads.dialing.building import end_all_of
from carmanana.records.activities import Activity
from carmanana.records.cancellations import CancellationRequest
from carmanana.records.customer_cases import CustomerCase
from carmanana.records.customers import Customer
from carmanana.records.deal_codes import LOSING, OPEN, WON
from carmanana.records.deals import Deal
from carmanana.records.expiries import SET, Expiry
from carmanana.records.lead_codes import OPEN as OPEN_LEADS
from carmanana.records.leads import Lead
from carmanana.records.notifications import Notification
from carmanana.records.people import AGENT, CRM_ADMIN, MANAGER, RETENTION, User
from carmanana.records.pipelines import Stage
from carmanana.records.retention import RetentionPlan
from carmanana.records.rights import admins_only
from carmanana.records.sops import SOP_OWNER
from carmanana.staffing.covering import covers_no_more
from carmanana.staffing.signin import end_sessions


@dataclass(frozen=True)
class OpenWork:
    """What must be handed over before somebody leaves. `orders` are won and promised for a day, `cases` are the plans of orders that they are to save, `issues`
    what customers asked us to set right. `clients` is how many they own; customers may stay with somebody who has
    left."""

    deals: list[Deal] = field(default_factory=list)
    orders: list[Deal] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    steps: list[Activity] = field(default_factory=list)
    reviews: list[CancellationRequest] = field(default_factory=list)
    cases: list[RetentionPlan] = field(default_factory=list)
    issues: list[CustomerCase] = field(default_factory=list)
    expiries: list[Expiry] = field(default_factory=list)
    clients: int = 0

    def __bool__(self) -> bool:
        return any(self.rows.values())

    @property
    def rows(self) -> dict[str, list]:
        return {
            "open deal": self.deals,
            "order to deliver": self.orders,
            "open lead": self.leads,
            "next step": self.steps,
            "cancellation review": self.reviews,
            "retention case": self.cases,
            "customer case": self.issues,
            "expiry": self.expiries,
        }

    @property
    def one(self) -> bool:
        return sum(map(len, self.rows.values())) == 1 and " and " not in self.words

    @property
    def words(self) -> str:
        """Deals and steps are named even where there are none, unless something else is there."""
        told = {what: rows for what, rows in self.rows.items() if rows}
        if told.keys() <= {"open deal", "next step"}:
            told = {"open deal": self.deals, "next step": self.steps}
        *parts, last = [counted(rows, what) for what, rows in told.items()]
        return f"{', '.join(parts)} and {last}" if parts else last


def counted(rows: list, what: str) -> str:
    many = {"expiry": "expiries", "order to deliver": "orders to deliver"}.get(what, f"{what}s")
    return f"{len(rows)} {what if len(rows) == 1 else many}"


def open_work(user: User) -> OpenWork:
    """Deals under way, reviews, orders to save, and next steps of theirs on deals of others."""
    clients = Customer.select().where(Customer.owner == user).count()
    return OpenWork(
        _deals(_under_way(user)),
        _deals(_to_deliver(user)),
        _leads(user),
        _steps(user),
        _reviews(user),
        _cases(user),
        _issues(user),
        _expiries(user),
        clients,
    )


def _under_way(user: User):
    return (Deal.owner == user) & Deal.state.in_((*OPEN, LOSING))


def _to_deliver(user: User):
    """When its day has passed, Today asks its owner."""
    return (Deal.owner == user) & (Deal.state == WON) & Deal.eta_on.is_null(False) & Deal.delivered_on.is_null()


def _deals(which) -> list[Deal]:
    deals = Deal.select(Deal, Customer, Stage).join(Customer).switch(Deal).join(Stage)
    return list(deals.where(which).order_by(Customer.name, Deal.id))


def _leads(user: User) -> list[Lead]:
    found = Lead.select(Lead, Customer).join(Customer)
    return list(found.where(_open_leads(user)).order_by(Customer.name, Lead.id))


def _open_leads(user: User):
    return (Lead.owner == user) & Lead.state.in_(OPEN_LEADS)


def _issues(user: User) -> list[CustomerCase]:
    found = CustomerCase.select(CustomerCase, Customer).join(Customer)
    return list(found.where(CustomerCase.assignee == user, CustomerCase.is_open()).order_by(CustomerCase.id))


def _expiries(user: User) -> list[Expiry]:
    found = Expiry.select(Expiry, Customer).join(Customer)
    return list(found.where(Expiry.owner == user, Expiry.state == SET).order_by(Expiry.on, Expiry.id))


def _steps(user: User) -> list[Activity]:
    """A deal and a lead take their steps along, and a review or an order to save its task."""
    along = Deal.select(Deal.id).where(_under_way(user) | _to_deliver(user))
    elsewhere = Activity.deal.is_null() | Activity.deal.not_in(along)
    elsewhere &= (
        Activity.deal.is_null(False)
        | Activity.lead.is_null()
        | Activity.lead.not_in(Lead.select(Lead.id).where(_open_leads(user)))
    )
    tasks = CancellationRequest.select(CancellationRequest.task).where(
        CancellationRequest.ended_at.is_null(), CancellationRequest.task.is_null(False)
    )
    steps = (
        Activity.open_steps()
        .select(Activity, Customer, Deal)
        .join_from(Activity, Customer)
        .join_from(Activity, Deal, JOIN.LEFT_OUTER)
    )
    return list(steps.where(Activity.assignee == user, elsewhere, Activity.id.not_in(tasks)))


def _reviews(user: User) -> list[CancellationRequest]:
    found = CancellationRequest.still_open().select(CancellationRequest, Deal, Customer).join(Deal).join(Customer)
    return list(found.where(CancellationRequest.reviewer == user).order_by(CancellationRequest.requested_at))


def _cases(user: User) -> list[RetentionPlan]:
    found = (
        RetentionPlan.select(RetentionPlan, CancellationRequest, Deal, Customer)
        .join(CancellationRequest)
        .join(Deal)
        .join(Customer)
    )
    return list(
        found.where(RetentionPlan.assignee == user, RetentionPlan.ended_at.is_null()).order_by(RetentionPlan.due_at)
    )


def deactivate(user: User, by: User) -> User:
    """They leave. Refused while anything open is theirs; their sessions and call sequences end at once."""
    admins_only(by)
    with transaction():
        fresh = User.get_by_id(user.id)
        if refusals := reasons_to_stay(fresh, by):
            raise Refused(refusals, fresh)
        change(fresh, deactivated_at=clock.now())
        end_sessions(fresh)
        end_all_of(fresh, by)
        covers_no_more(fresh, by, clock.today(fresh.timezone))
        audit.record("deactivate", fresh, by)
        Notification.tell_manager_of(fresh, "left", f"{fresh.name} does not work here any more", by, about=fresh)
    return fresh


def reasons_to_stay(user: User, by: User) -> list[Refusal]:
    """Why somebody can't be deactivated now; the dialog's checklist is drawn from the same answer."""
    rules = (
        _has_not_left,
        lambda user: _is_somebody_else(user, by),
        _leaves_an_admin,
        _leaves_a_manager,
        _has_no_open_work,
    )
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


def _leaves_a_manager(user: User):
    others = User.working(MANAGER).where(User.id != user.id)
    if user.has(MANAGER) and not others.exists():
        sentence = "Somebody must stay manager: each cancellation is reviewed by one. Give somebody the role first."
        return Refusal("last_manager", sentence, SOP_OWNER, field="roles")


def _has_no_open_work(user: User):
    return _hand_over_first(user, open_work(user))


def _hand_over_first(user: User, work: OpenWork):
    if work:
        remedy = Remedy("Hand over", "people.hand_over", (("user_id", user.id),), "move")
        return Refusal(
            "open_work",
            f"{work.words} {'is' if work.one else 'are'} still theirs. Hand {'it' if work.one else 'them'} over first.",
            SOP_OWNER,
            (remedy,),
        )


def keep_who_must_stay(user: User, roles) -> None:
    """An admin, and a manager."""
    rules = ((CRM_ADMIN, _leaves_an_admin), (MANAGER, _leaves_a_manager))
    if refusals := [refusal for role, rule in rules if role not in roles and (refusal := rule(user))]:
        raise Refused(refusals, user)


def keep_their_work(user: User, roles) -> None:
    """Whoever gives up a role hands over first what only that role may have."""
    if refusal := _hand_over_first(user, _of_roles_given_up(user, set(roles))):
        raise Refused([refusal], user)


def _of_roles_given_up(user: User, roles: set[str]) -> OpenWork:
    given_up, work = user.roles - roles, open_work(user)
    works_deals = user.works_deals and not {AGENT, MANAGER} & roles
    return OpenWork(
        deals=work.deals if works_deals else [],
        orders=work.orders if works_deals else [],
        leads=work.leads if works_deals else [],
        steps=work.steps if works_deals else [],
        reviews=work.reviews if MANAGER in given_up else [],
        cases=work.cases if RETENTION in given_up else [],
    )


def reactivate(user: User, by: User) -> User:
    admins_only(by)
    with transaction():
        fresh = User.get_by_id(user.id)
        if fresh.active:
            raise Refused([Refusal("here", f"{fresh.name} works here already.")], fresh)
        change(fresh, deactivated_at=None)
        audit.record("reactivate", fresh, by)
    return fresh
