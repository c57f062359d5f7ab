"""Customers who may be one person: shown while one types, listed for managers, merged after a look."""

from flask import Blueprint, abort, render_template, request, url_for
from peewee import SQL

from carmanana.blueprints.customers.merge_forms import MergeForm, OtherForm, shown
from carmanana.customers import contact, duplicate_lists, finding
from carmanana.customers.duplicates import Duplicate, candidates
from carmanana.customers.merging import merge, standing, why_not
from carmanana.records.customers import Customer
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import stripped
from carmanana.web.fragments import go, wants_fragment
from carmanana.web.lists import Column, List
from carmanana.web.panels.deal_entry import NewDealForm

blueprint = Blueprint("duplicates", __name__, url_prefix="/customers")

FOUND = 12
DOUBLES = List(
    name="possible-duplicates",
    title="Possible duplicates",
    endpoint="duplicates.listed",
    one="shared number or address",
    many="shared numbers and addresses",
    columns=(
        Column("shared", "Shared", lambda group: group.told, always=True),
        Column(
            "customers",
            "Customers, the oldest first",
            lambda group: "; ".join(customer.name for customer in group.customers),
            always=True,
        ),
    ),
    scope=lambda by: duplicate_lists.shared(),
    load=duplicate_lists.with_customers,
    ids_of=lambda shown, after, most: duplicate_lists.page(after, most),
    cells="customers/_duplicate_cells.html",
    id=SQL("told"),
    sort="shared",
    empty=(
        "users",
        "No two customers share a number or an address",
        "Names that are alike are shown on each customer’s page, under “Merge with another customer”.",
    ),
    template="customers/duplicates.html",
)


@blueprint.get("/near")
@allow("agent", "manager")
def near():
    """Whom the new customer may be, as it is typed."""
    typed = {name: stripped(request.args.get(name))[:160] for name in ("name", "phones", "emails", "duplicate")}
    form = NewDealForm(data=typed)
    if not wants_fragment():
        return go(url_for("customers.index", text=typed["name"]))
    return render_template(
        "customers/_duplicates.html", form=form, duplicates=candidates(me(), typed["name"], *form.reach)
    )


@blueprint.get("/doubles")
@allow("manager")
def listed():
    return DOUBLES.answer()


@blueprint.route("/<id:customer_id>/merging", methods=["GET", "POST"])
@allow("manager")
def other(customer_id: int):
    """With whom: the likeliest are listed, anybody can be found."""
    customer, form = _customer_or_404(customer_id), OtherForm()
    if form.sent() and form.other.data and not form.find.data:
        return go(url_for("duplicates.merging", customer_id=customer_id, other=form.other.data))
    text = form.text.data or ""
    return show_dialog(
        "customers/other.html",
        "Merge with another customer",
        url_for("customers.show", customer_id=customer_id),
        customer=customer,
        form=form,
        duplicates=_found(customer, text) if text else _likely(customer),
        text=text,
        form_action=url_for("duplicates.other", customer_id=customer_id),
    )


def _likely(customer: Customer) -> list[Duplicate]:
    phones, emails = (
        [phone.e164 or phone.typed for phone in customer.phones],
        [email.address for email in customer.emails],
    )
    return candidates(me(), customer.name, phones, emails, customer.region, customer.id)


def _found(customer: Customer, text: str) -> list[Duplicate]:
    found = finding.found(me(), text).where(Customer.id != customer.id).limit(FOUND)
    counts = finding.deal_counts(rows := list(found), me())
    return [
        Duplicate(row, [row.region or "found by what you typed"], False, deals=counts.get(row.id, 0)) for row in rows
    ]


@blueprint.route("/<id:customer_id>/merge", methods=["GET", "POST"])
@allow("manager")
def merging(customer_id: int):
    """Both side by side, and which of their facts stay."""
    kept = _customer_or_404(customer_id)
    if standing(other := _sent("other")) == kept.id != other:
        return go(url_for("customers.show", customer_id=kept.id), "They are merged already")
    gone = _customer_or_404(other)
    form, refusal = MergeForm.of(kept, gone), why_not(kept, gone)
    if form.sent():
        return _merged(kept, gone, form)
    status = 200 if request.method == "GET" else 422
    told = {"kept": kept, "gone": gone, "form": form, "refusal": refusal, "shown": shown}
    return render_template("customers/merge.html", sides=[_side(kept), _side(gone)], **told), status


def _merged(kept: Customer, gone: Customer, form: MergeForm):
    merge(kept, gone, me(), (_sent("version"), _sent("other_version")), form.taken)
    return go(url_for("customers.show", customer_id=kept.id), f"{gone.name} is merged into this customer")


def _side(customer: Customer) -> dict:
    return {
        "customer": customer,
        "deals": finding.deals_of(customer, me()).count(),
        "activities": finding.activities_of(customer, me()).count(),
    }


def _sent(name: str) -> int:
    """A number that came with the form or the address; none is the number of no record."""
    sent = request.values.get(name, "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 12 else 0


def _customer_or_404(customer_id: int) -> Customer:
    return contact.visible_to(me()).where(Customer.id == customer_id).first() or abort(404)
