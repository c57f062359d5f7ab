"""Starting and ending a day: the checks with what mends each, the checklist of the SOP, and the signature."""

from flask import render_template, request, url_for

from carmanana.core.idempotency import once
from carmanana.records.checkins import END, KINDS, START
from carmanana.today import checkins
from carmanana.today.checks import CHECKLIST, END_OF_DAY, answered, figures
from carmanana.today.moments import day_of
from carmanana.web.access import allow
from carmanana.web.addresses import local_address
from carmanana.web.answers import answers_on
from carmanana.web.current_user import me
from carmanana.web.forms import DealershipForm, WordsField
from carmanana.web.fragments import go, page_behind, partial, pieces, toast, wants_fragment
from carmanana.web.offline import saved_at
from carmanana.web.steps import ask
from carmanana.web.today import show

from .base import blueprint
from .checked import SECTIONS

SHOWN = 3
SAID = {START: "Your day has begun", END: "Your day is signed off"}


class CheckInForm(DealershipForm):
    reason = WordsField("Why it stays open until tomorrow", most=1000)
    words = WordsField("For your manager, if there is something", most=1000)


@blueprint.route("/check-in", methods=["GET", "POST"])
@allow(*checkins.SIGNERS)
def check_in():
    """The quick checklist is computed when it is opened."""
    if request.args.get("checklist") and request.method == "GET" and wants_fragment():
        return render_template("today/_checklist.html", checklist=answered(CHECKLIST, me()))
    form, kind = CheckInForm(), _kind()

    def save():
        make = lambda: checkins.sign(me(), kind, form.reason.data or "", form.words.data or "", saved_at())  # noqa: E731
        once(request.form.get("once", ""), me(), make)
        return go(url_for("today.index"), SAID[kind])

    return ask(form, save, lambda status: (render_template("today/check_in.html", **_context(kind, form)), status))


def _kind() -> str:
    """Which of the two: the one that is asked for, else the next one."""
    asked = request.values.get("kind", "")
    return asked if asked in KINDS else END if START in checkins.of_today(me()) else START


def _context(kind: str, form: CheckInForm) -> dict:
    by = me()
    answers = answered(END_OF_DAY, by)
    sections = [section for answer in answers if not answer.met and (section := SECTIONS[answer.check.code]).shown(by)]
    return {
        "kind": kind,
        "title": KINDS[kind],
        "form": form,
        "day": day_of(by),
        "answers": answers,
        "open": sum(not answer.met for answer in answers),
        "checklist": answered(CHECKLIST, by) if request.args.get("checklist") else [],
        "figures": figures(by),
        "signed": checkins.of_today(by),
        "to_mend": [one for one in show(sections, by, SHOWN) if one.many],
    }


@answers_on("/check-in")
def check_in_again(said: str, undo=None):
    """What was open is counted again; what was typed below stays. A list of a check is asked for again."""
    if (behind := page_behind()).path != url_for("today.check_in"):
        return go(local_address(f"{behind.path}?{behind.query}"), said)
    html = render_template("today/_checks.html", **_context(_kind_behind(), CheckInForm(empty=True)))
    return pieces(
        partial("#checks", html), partial("#dialog", ""), partial("#refusal", ""), toast(said, undo), HX_Reswap="none"
    )


def _kind_behind() -> str:
    return END if START in checkins.of_today(me()) else START
