"""What a customer asked not to be done: anybody who hears it writes it down and it holds at once; an admin takes it back, with
the reason (Lead & deal SOP, section J)."""

from collections.abc import Callable

from flask import abort, url_for

from carmanana.blueprints.customers.views import blueprint
from carmanana.contacting import wishes
from carmanana.customers import contact
from carmanana.records.customers import WISHES, Customer, Person
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.fragments import go
from carmanana.web.record_forms import form_class
from carmanana.web.steps import ask


@blueprint.route("/<id:customer_id>/do-not-contact", methods=["GET", "POST"])
@allow("agent", "manager", "retention")
def stop(customer_id: int):
    return _ask(customer_id, "stop", "Do not contact", wishes.STOP, _stop)


def _stop(person: Person, given: dict) -> str:
    asked = [wish for wish in WISHES if given[wish]]
    wishes.stop(person, me(), asked or WISHES)
    return "They won’t be contacted that way again"


@blueprint.route("/<id:customer_id>/contact-again", methods=["GET", "POST"])
@allow("crm_admin")
def lift(customer_id: int):
    return _ask(customer_id, "lift", "May be contacted again", wishes.LIFT, _lift)


def _lift(person: Person, given: dict) -> str:
    wishes.lift(person, given["wish"] or "", given["reason"] or "", me())
    return "They may be contacted so again"


def _ask(customer_id: int, endpoint: str, title: str, described, save: Callable[[Person, dict], str]):
    customer = contact.visible_to(me()).where(Customer.id == customer_id).first() or abort(404)
    back, form = url_for("customers.show", customer_id=customer.id), form_class(described)(None, me(), data={})
    given = {
        "customer": customer,
        "form": form,
        "form_action": url_for(f"customers.{endpoint}", customer_id=customer.id),
    }
    return ask(
        form,
        lambda: go(back, save(Person.first_of(customer), form.given())),
        lambda status, *_: show_dialog("customers/wishes.html", title, back, status, **given),
    )
