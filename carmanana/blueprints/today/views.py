"""Everybody's first page: what asks for them, in the order of the SOP, and each of its lists as a whole."""

from datetime import timedelta

from flask import abort, render_template, request, url_for

from carmanana.blueprints.today.first_visit import first_steps
from carmanana.core.idempotency import once
from carmanana.core.limits import AT_A_GLANCE
from carmanana.core.together import ask_together
from carmanana.records.activities import Activity
from carmanana.records.first_visits import roles_put_away
from carmanana.records.people import AGENT, MANAGER, RETENTION, User
from carmanana.schema.sqlite import literally
from carmanana.today import checkins, duties
from carmanana.today.checks import END_OF_DAY, answered, figures
from carmanana.today.moments import asked_of_the_house, day_of
from carmanana.today.rows import FEW
from carmanana.today.snoozing import snooze as put_off
from carmanana.web.access import allow, signed_in
from carmanana.web.addresses import local_address
from carmanana.web.answers import answers_on, page_again
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import DateField, DealershipForm, Optional, WordsField
from carmanana.web.forms.quick_dates import QuickDate, day_word, open_day_from
from carmanana.web.fragments import go, page_behind, partial, pieces, toast, wants_fragment
from carmanana.web.loading import number_of, sent_version
from carmanana.web.steps import ask
from carmanana.web.today import Section, Shown, section_of, sections_of, show, show_first

from .base import blueprint
from .team import asked_of_the_team, of_the_team
from .working import BESIDE, works

PAGE = 50
FARTHEST = 100_000


@blueprint.get("/today")
@signed_in
def index():
    """What is below its first screens is asked for by the section that it begins with."""
    below = request.args.get("below", "")
    if below and wants_fragment():
        return render_template("today/_below.html", sections=_sections_from(below))
    return render_template("today/index.html", **today_context(whole=bool(below)))


def _sections_from(key: str) -> list[Shown]:
    sections = sections_of(me())
    after = [place for place, one in enumerate(sections) if one.key == key]
    return _told(show(sections[after[0] :], me(), FEW)) if after else []


def _told(shown: list[Shown]) -> list[Shown]:
    return [one for one in shown if one.many or not one.section.quiet]


def today_context(whole: bool = True) -> dict:
    by = me()
    read = ask_together(**_asked(by))
    sections = sections_of(by)
    shown, below = (show(sections, by, FEW), []) if whole else show_first(sections, by)
    signs = by.has(*checkins.SIGNERS)
    return {
        "day": day_of(by),
        "sections": _told(shown),
        "below": below,
        "to_do": sum(one.many for one in shown if one.section.counts),
        "figures": figures(by) if signs else {},
        "checks": answered(END_OF_DAY, by) if works(by) else [],
        "signed": checkins.of_today(by) if signs else {},
        "signs": signs,
        "week": duties.week(by) if signs else [],
        "at_a_glance": AT_A_GLANCE,
        "first_steps": first_steps(by),
        "team": of_the_team(by, read) if by.has(MANAGER) else None,
    }


def _asked(by: User) -> dict[str, tuple]:
    """The small questions of the page, all in one statement."""
    own = {"signed_on": (checkins.signed_on, by.id, day_of(by)), "put_away": (roles_put_away, by.id)}
    return {**asked_of_the_house(), **own, **(asked_of_the_team(by) if by.has(MANAGER) else {})}


@answers_on("/today")
def today_again(said: str, undo=None):
    """The page as it stands now; a list of it is asked for again."""
    behind = page_behind()
    if behind.path != url_for("today.index"):
        return go(local_address(f"{behind.path}?{behind.query}"), said)
    html = render_template("today/_body.html", **today_context())
    return pieces(
        partial("#today-page", html),
        partial("#dialog", ""),
        partial("#refusal", ""),
        toast(said, undo),
        HX_Reswap="none",
    )


@blueprint.get("/today/<any(done,ahead):other>")
@signed_in
def beside(other: str):
    """What is done already, and what the next days bring."""
    return list_of(BESIDE[other]) if BESIDE[other].shown(me()) else abort(404)


@blueprint.get("/today/<section_key>")
@signed_in
def section(section_key: str):
    """All of a section."""
    return list_of(section_of(me(), section_key) or abort(404))


def list_of(section: Section, back: str = "today.index"):
    """The whole list of a section; `back` is the page that shows the first of it."""
    offset = min(number_of(request.args.get("from", ""), 0), FARTHEST)
    [shown] = show([section], me(), PAGE, offset)
    after = offset + PAGE if offset + PAGE < shown.many else 0
    return render_template("today/section.html", shown=shown, offset=offset, after=after, page=PAGE, back=back)


# putting a step off


class SnoozeForm(DealershipForm):
    on = DateField("Until", [Optional()])
    reason = WordsField("Why does it wait?", most=1000)


@blueprint.route("/today/steps/<id:step_id>/snooze", methods=["GET", "POST"])
@allow(AGENT, MANAGER, RETENTION)
def snooze(step_id: int):
    step = _step_or_404(step_id)
    form = SnoozeForm(data={"on": open_day_from(day_of(me()))})

    def save():
        make = lambda: put_off(step, me(), form.on.data, form.reason.data or "", sent_version())  # noqa: E731
        once(request.form.get("once", ""), me(), make)
        return page_again("Put off") or go(url_for("today.index"), "Put off")

    def again(status: int, fresh: Activity = step):
        return show_dialog(
            "today/snooze.html",
            "Put it off",
            url_for("today.index"),
            status,
            form=form,
            step=fresh,
            chips=_days(),
            form_action=url_for("today.snooze", step_id=step_id),
        )

    return ask(form, save, again, known=lambda fresh: {}, told_of=lambda fresh: fresh.subject_record)


def _step_or_404(step_id: int) -> Activity:
    """Theirs; a manager's are everybody's."""
    found = Activity.select().where(Activity.id == step_id, literally(Activity.kind, "task"))
    found = found if me().is_manager else found.where(Activity.assignee == me())
    return found.first() or abort(404)


def _days() -> list[QuickDate]:
    """The next business days, and the first ones of the two weeks after."""
    today = day_of(me())
    days = dict.fromkeys(open_day_from(today + timedelta(days=ahead)) for ahead in (1, 2, 3, 7, 13))
    return [QuickDate(day_word(day, today), day.isoformat()) for day in days if (day - today).days <= 14]
