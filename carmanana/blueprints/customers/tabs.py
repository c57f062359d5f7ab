"""What the page of a customer has of its own: the tabs overview, deals, leads, activities, files and history, the
menu's entries, and who may be reached; other features bring theirs."""

from flask import render_template

from carmanana.blueprints.customers import lists, views
from carmanana.blueprints.customers.history import history
from carmanana.contacting.lock import under_review
from carmanana.contacting.reach import closed
from carmanana.contacting.rules import local_time
from carmanana.core.together import ask_together
from carmanana.customers import contact, finding, people
from carmanana.records.customers import MOODS, WISHES, Customer, Person
from carmanana.records.deals import Deal
from carmanana.records.leads import Lead
from carmanana.records.people import AGENT, CRM_ADMIN, MANAGER, RETENTION, User
from carmanana.web.access import signed_in
from carmanana.web.current_user import me
from carmanana.web.customers.page import Action, CustomerPage, Tab, register, register_action, register_banner


@views.blueprint.get("/<id:customer_id>/<string:tab>")
@signed_in
def tab(customer_id: int, tab: str):
    return CustomerPage(views.customer_or_404(customer_id), me(), tab).answer()


def overview(customer: Customer, by: User) -> dict:
    ask_together(**finding.asked_of_overview(customer, by))
    return {
        "ways": ways_to(customer, by),
        "local_time": local_time(customer, by),
        "deals": finding.newest_deals(customer, by),
        "moods": MOODS,
        "may_clear": contact.may_clear(customer, by),
    }


def ways_to(customer: Customer, by: User) -> list[tuple[Person | None, list, list, dict]]:
    """Each person with their numbers, addresses and why they may not be reached so; of a customer who is one person,
    nobody is named."""
    theirs = people.people_of(customer)
    if len(theirs) == 1:
        return [(None, *finding.reach_of(customer), closed(customer, by))]
    return [
        (person, _in_order(person.phones), _in_order(person.emails), closed(customer, by, person)) for person in theirs
    ]


def _in_order(rows) -> list:
    return list(rows.order_by(rows.model.position))


register(
    Tab(
        "overview",
        "Overview",
        0,
        list_of=lists.activity_of,
        count=lambda customer, by: None,
        template="customers/show.html",
        context=overview,
    )
)
register(Tab("deals", "Deals", 10, lists.DEALS, Deal.customer))
register(Tab("leads", "Leads", 20, lists.LEADS, Lead.customer))
register(Tab("activities", "Activities", 30, list_of=lists.activities_of, template="customers/tab_activities.html"))
register(Tab("files", "Files", 90, list_of=lists.files_of))
register(
    Tab(
        "history",
        "History",
        100,
        count=lambda customer, by: None,
        template="customers/tab_history.html",
        context=history,
    )
)


@register_banner
def review_of_theirs(customer: Customer, by: User) -> str:
    return render_template("customers/_under_review.html") if under_review(customer) else ""


def may_stop(customer: Customer, by: User) -> bool:
    return by.has(AGENT, MANAGER, RETENTION)


def may_lift(customer: Customer, by: User) -> bool:
    return by.has(CRM_ADMIN) and any(getattr(customer, wish) for wish in WISHES)


def leads_them(customer: Customer, by: User) -> bool:
    return by.is_manager


register_action(Action("edit", "Edit", "pencil", "customers.edit", contact.may_change_seen, place=0))
register_action(Action("stop", "Do not contact…", "phone-missed", "customers.stop", may_stop, place=20))
register_action(Action("lift", "May be contacted again…", "undo", "customers.lift", may_lift, place=21))
register_action(Action("owner", "Reassign…", "user-plus", "customers.owner", leads_them, place=30))
register_action(Action("merge", "Merge with another customer", "users", "duplicates.other", leads_them, place=40))
