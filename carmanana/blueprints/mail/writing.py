"""Writing to a customer from their deal; drafts, and what the mail server did not take."""

from urllib.parse import quote

from flask import abort, request, url_for

from carmanana import worker
from carmanana.blueprints.mail.base import blueprint
from carmanana.blueprints.mail.forms import ByHandForm, LetterForm
from carmanana.boards.board import column_key
from carmanana.contacting.attachments import kept
from carmanana.contacting.log import may_log
from carmanana.contacting.mail import drafts, outbox_address, writing
from carmanana.contacting.mail.templates import filled, offered
from carmanana.contacting.phrase_check import findings
from carmanana.contacting.reach import closed
from carmanana.core.db import Stale
from carmanana.core.workflow import Forbidden
from carmanana.records.deals import Deal
from carmanana.records.mail import Letter, LetterTemplate
from carmanana.web.access import allow
from carmanana.web.answers import changed
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_deal_dialog, show_dialog
from carmanana.web.forms import wall_time
from carmanana.web.fragments import go
from carmanana.web.loading import deal_or_404, letter_or_404, sent_files
from carmanana.web.steps import ask

WORKERS = ("agent", "manager", "retention")
LONGEST_LINK = 1900


@blueprint.route("/deals/<id:deal_id>/emails/new", methods=["GET", "POST"])
@allow(*WORKERS)
def new(deal_id: int):
    """`template` in the address fills subject and text; `to`, `subject`, `text`, `next_step` and `due_at` fill their
    fields."""
    deal = deal_or_404(deal_id)
    if not may_log(deal, me()):
        raise Forbidden("write")
    form = LetterForm(deal, data=_asked(deal))
    return ask(form, lambda: _written(deal, _write(deal, form)), lambda status: _dialog(deal, form, status))


def _asked(deal: Deal) -> dict:
    """What the address fills in."""
    if before := _sent_back(deal):
        return before
    template = offered(me(), request.args.get("template", ""))
    subject, text = filled(template, deal, me()) if template else ("", "")
    asked = {name: request.args.get(name, "")[:8000] for name in ("to", "subject", "text", "next_step")}
    return asked | {
        "subject": subject or asked["subject"],
        "text": text or asked["text"],
        "due_at": wall_time(request.args.get("due_at", "")),
    }


def _sent_back(deal: Deal) -> dict:
    """One's own email that a manager sent back, to be written anew."""
    letter = next(
        (each for each in drafts.drafts_on(deal, me()) if each.sent_back and request.args.get("again") == str(each.id)),
        None,
    )
    return (
        {
            "to": letter.to,
            "subject": letter.subject,
            "text": letter.body,
            "next_step": letter.next_step,
            "due_at": letter.due_at,
        }
        if letter
        else {}
    )


def _write(deal: Deal, form: LetterForm) -> Letter:
    """What the guard refused in it is kept for review."""
    given = {name: value or "" for name, value in form.data.items() if name not in ("due_at", "quoting")}
    with findings.kept_if_refused(me(), "email", deal), kept(sent_files()) as files:
        return writing.write(
            deal,
            me(),
            **given,
            due_at=form.due_at.data,
            key=request.form.get("once", ""),
            files=files,
            meant=form.quoting.data,
        )


def _written(deal: Deal, letter: Letter):
    """A draft goes on to its own dialog; anything else is on its way."""
    if letter.draft:
        return go(url_for("letters.by_hand", letter_id=letter.id))
    worker.nudge()
    return changed(Deal.get_by_id(deal.id), column_key(deal), "The email is on its way")


def _dialog(deal: Deal, form: LetterForm, status: int):
    return show_deal_dialog(
        "letters/new.html",
        f"Email to {deal.customer.name}",
        deal,
        form,
        "letters.new",
        status,
        encoding=True,
        templates=LetterTemplate.offered_to(me()),
        chosen=request.args.get("template", ""),
        closed=_closed(deal),
        server=outbox_address.has_server(),
    )


def _closed(deal: Deal) -> str:
    """Why it could not go out at all, said before anybody types."""
    return closed(deal.customer, me())["email"] if request.method == "GET" else ""


@blueprint.route("/letters/<id:letter_id>/by-hand", methods=["GET", "POST"])
@allow(*WORKERS)
def by_hand(letter_id: int):
    """To copy and send from elsewhere, and then to say that it was sent."""
    letter = _letter_or_404(letter_id)
    form = ByHandForm(letter.deal, data={"next_step": letter.next_step, "due_at": letter.due_at})
    return ask(form, lambda: _sent(letter, form), lambda status: _by_hand_dialog(letter, form, status))


def _by_hand_dialog(letter: Letter, form: ByHandForm, status: int):
    return show_dialog(
        "letters/by_hand.html",
        letter.subject or "Email",
        url_for("deals.show", deal_id=letter.deal_id),
        status,
        letter=letter,
        deal=letter.deal,
        form=form,
        encoding=True,
        mail_link=mail_link(letter),
        locked=drafts.locked(letter, me()),
        form_action=url_for("letters.by_hand", letter_id=letter.id),
    )


def _sent(letter: Letter, form: ByHandForm):
    with findings.kept_if_refused(me(), "email", letter.deal), kept(sent_files()) as files:
        drafts.sent_by_hand(letter, me(), form.next_step.data or "", form.due_at.data, files, form.quoting.data)
    return changed(Deal.get_by_id(letter.deal_id), column_key(letter.deal), "The email is logged")


def mail_link(letter: Letter) -> str:
    """Opens the person's own mail program; very long texts are left to the copy button."""
    start = f"mailto:{quote(letter.to, safe='@')}?subject={quote(letter.subject)}"
    whole = f"{start}&body={quote(letter.body.replace(chr(10), chr(13) + chr(10)))}"
    return whole if len(whole) < LONGEST_LINK else start


@blueprint.post("/letters/<id:letter_id>/discard")
@allow(*WORKERS)
def discard(letter_id: int):
    letter = _letter_or_404(letter_id)
    drafts.discard(letter, me())
    return changed(Deal.get_by_id(letter.deal_id), column_key(letter.deal), "The draft is gone")


@blueprint.post("/letters/<id:letter_id>/again")
@allow(*WORKERS)
def again(letter_id: int):
    letter = _letter_or_404(letter_id)
    drafts.send_again(letter, me())
    worker.nudge()
    return changed(Deal.get_by_id(letter.deal_id), column_key(letter.deal), "The email is on its way again")


def _letter_or_404(letter_id: int) -> Letter:
    letter = letter_or_404(letter_id)
    if not drafts.may_handle(letter, me()):
        abort(404)
    if letter.sent_at is not None or letter.waiting:
        raise Stale(letter)
    return letter
