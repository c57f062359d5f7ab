"""A quotation's page, a new one, its lines, and the sheet that is printed."""

from io import BytesIO

from flask import abort, render_template, request, send_file, url_for

from carmanana.blueprints.quotations.lists import QUOTATIONS
from carmanana.blueprints.quotations.steps import WORKERS, steps
from carmanana.core.fields import AMOUNT, NUMBER, Field
from carmanana.core.idempotency import once
from carmanana.core.query import prepared
from carmanana.customers import contact
from carmanana.records.people import AGENT, MANAGER
from carmanana.records.quotations import Quotation, QuotationLine
from carmanana.sales.quotations import drafting
from carmanana.sales.quotations.document import as_pdf, can_draw, name_of
from carmanana.sales.quotations.verbs import VERBS
from carmanana.web.access import allow, signed_in
from carmanana.web.answers import answers, changed
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms.records import form_class
from carmanana.web.fragments import go, htmx, page_behind, partial, pieces, toast
from carmanana.web.loading import deal_or_404, sent_version
from carmanana.web.steps import ask
from carmanana.web.timeline import timeline
from carmanana.web.timeline.history import Past
from carmanana.web.timeline.lines import lines

from .base import blueprint, quotation_or_404

LINE = (
    Field("what", "What", most=200, placeholder="Delivery to the customer’s door"),
    Field("quantity", "How many", NUMBER, start=lambda record, by: getattr(record, "quantity", 1)),
    Field("price_cents", "Price of one", AMOUNT, hint="A discount has a minus before it.", below_zero=True),
    Field("tax", "Tax, %", most=8, start=lambda record, by: getattr(record, "tax_percent", "0")),
)
NO_LETTERS = "The PDF has no letters for some of these words. Print the page, and save it as a PDF there."


@blueprint.get("/quotations/")
@signed_in
def index():
    return QUOTATIONS.answer()


@blueprint.get("/quotations/<id:quotation_id>")
@signed_in
def show(quotation_id: int):
    return render_template("quotations/show.html", **_context(quotation_or_404(quotation_id)))


def _context(quotation: Quotation) -> dict:
    by = me()
    return {
        "quotation": quotation,
        "customer": quotation.customer,
        "deal": quotation.deal,
        "sees_customer": contact.seen_by(by, quotation.customer_id) is not None,
        "works": quotation.worked_by(by),
        "actions": VERBS.actions(quotation, by),
        "verb_url": steps.url,
        "entries": timeline(Past.of(quotation)),
        "lines": lines,
        "others": _others(quotation.deal_id, quotation.id),
    }


@prepared
def _others(deal_id, quotation_id):
    others = Quotation.select().where(Quotation.deal == deal_id, Quotation.id != quotation_id)
    return others.order_by(Quotation.number.desc()).limit(10)


@blueprint.get("/quotations/<id:quotation_id>/print")
@signed_in
def sheet(quotation_id: int):
    """As the customer gets it: nothing but the quotation, fit for paper or a PDF."""
    quotation = quotation_or_404(quotation_id)
    return render_template("quotations/sheet.html", quotation=quotation, customer=quotation.customer)


@blueprint.get("/quotations/<id:quotation_id>/document.pdf")
@signed_in
def document(quotation_id: int):
    """The same as a file. Letters that its fonts don't have are left to the page that is printed, which is said."""
    quotation = quotation_or_404(quotation_id)
    if not can_draw(quotation):
        return go(url_for("quotations.show", quotation_id=quotation.id), NO_LETTERS)
    name, file = name_of(quotation), BytesIO(as_pdf(quotation, quotation.valid_until))
    return send_file(file, "application/pdf", as_attachment=True, download_name=name)


@answers(Quotation)
def answer(quotation: Quotation, before: Quotation | None, said: str, undo: bool = False):
    url = url_for("quotations.show", quotation_id=quotation.id)
    if not htmx or page_behind().path != url:
        return go(url, said)
    body = render_template("quotations/_body.html", **_context(quotation_or_404(quotation.id)))
    done = toast(said, quotation if undo else None)
    return pieces(partial("#quotation", body), partial("#dialog", ""), partial("#refusal", ""), done, HX_Reswap="none")


@blueprint.post("/deals/<id:deal_id>/quotations")
@allow(AGENT, MANAGER)
def new(deal_id: int):
    """A draft with the deal's vehicle at its value."""
    deal = deal_or_404(deal_id)
    made = once(request.form.get("once", ""), me(), lambda: drafting.enter(deal, me()))
    return go(url_for("quotations.show", quotation_id=made.id), f"{made.name} is a draft")


@blueprint.post("/quotations/<id:quotation_id>/repeat")
@allow(AGENT, MANAGER)
def repeat(quotation_id: int):
    quotation = quotation_or_404(quotation_id)
    made = once(request.form.get("once", ""), me(), lambda: drafting.repeat(quotation, me()))
    return go(url_for("quotations.show", quotation_id=made.id), f"{made.name} is a draft with the same lines")


# lines


@blueprint.route("/quotations/<id:quotation_id>/lines/new", methods=["GET", "POST"])
@allow(*WORKERS)
def new_line(quotation_id: int):
    quotation, key = quotation_or_404(quotation_id), request.form.get("once", "")
    _must_be_a_draft(quotation)
    form = _line_form(QuotationLine(quotation=quotation, what="", quantity=1))

    def save():
        return once(key, me(), lambda: drafting.add_line(quotation, me(), None, **form.given()))

    return _line_dialog(quotation, form, save, "New line", "The line is added", "quotations.new_line")


@blueprint.route("/quotations/<id:quotation_id>/lines/<id:line_id>", methods=["GET", "POST"])
@allow(*WORKERS)
def edit_line(quotation_id: int, line_id: int):
    quotation = quotation_or_404(quotation_id)
    line = _line_of(quotation, line_id)
    _must_be_a_draft(quotation)
    form = _line_form(line)

    def save():
        return drafting.change_line(line, me(), sent_version(), **form.given())

    return _line_dialog(quotation, form, save, "Edit the line", "Saved", "quotations.edit_line", line_id=line.id)


@blueprint.post("/quotations/<id:quotation_id>/lines/<id:line_id>/remove")
@allow(*WORKERS)
def remove_line(quotation_id: int, line_id: int):
    quotation = quotation_or_404(quotation_id)
    drafting.remove_line(_line_of(quotation, line_id), me(), sent_version())
    return changed(quotation_or_404(quotation.id), quotation, "The line is removed")


def _must_be_a_draft(quotation: Quotation) -> None:
    if request.method == "GET":
        drafting.draft_of(quotation, me(), None)


def _line_of(quotation: Quotation, line_id: int) -> QuotationLine:
    return QuotationLine.get_or_none(QuotationLine.id == line_id, QuotationLine.quotation == quotation) or abort(404)


def _line_form(line: QuotationLine):
    return form_class(LINE)(line, me())


def _line_dialog(quotation: Quotation, form, save, title: str, said: str, endpoint: str, **more):
    back, action = (
        url_for("quotations.show", quotation_id=quotation.id),
        url_for(endpoint, quotation_id=quotation.id, **more),
    )

    def again(status: int, fresh=None):
        given = {"quotation": fresh or quotation, "form": form, "form_action": action}
        return show_dialog("quotations/line.html", title, back, status, **given)

    def saved():
        save()
        return changed(quotation_or_404(quotation.id), quotation, said)

    return ask(form, saved, again, lambda: quotation_or_404(quotation.id), lambda fresh: {})
