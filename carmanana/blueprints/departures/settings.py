"""The workflow setup: whom a processed cancellation notifies, and how a later cease date counts."""

from flask import render_template, request, url_for

from carmanana.departures import notifying
from carmanana.records.departures import DepartureSettings
from carmanana.records.people import ROLES, User
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.forms import BooleanField, DealershipForm, LinesField, Optional
from carmanana.web.forms.choices import ChoicesField, named
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask

from .base import blueprint


class SetupForm(DealershipForm):
    notifies = BooleanField("Notify when a cancellation is processed")
    roles = ChoicesField("Everybody with the role", ROLES, validators=[Optional()])
    people = ChoicesField("People", lambda: dict(named(User.working())), validators=[Optional()])
    addresses = LinesField("Email addresses, one a line", most=6000, most_lines=notifying.MOST_ADDRESSES)
    future_cease = BooleanField("An asset that ceases on a later day counts as ceased")

    @property
    def chosen(self) -> dict:
        here = (
            {key for key, _ in self.people.choices}
            if not isinstance(self.people.choices, dict)
            else set(self.people.choices)
        )
        return {
            "notifies": self.notifies.data,
            "roles": set(self.roles.data or ()),
            "people": set(self.people.data or ()) & here,
            "addresses": {line.casefold(): line for line in self.addresses.lines()}.values(),
            "future_cease": self.future_cease.data,
        }


def _known(settings: DepartureSettings) -> dict:
    return {
        "notifies": settings.notifies,
        "roles": sorted(settings.roles),
        "people": sorted(settings.people),
        "addresses": "\n".join(sorted(settings.addresses)),
        "future_cease": settings.future_cease,
    }


@blueprint.route("/setup", methods=["GET", "POST"])
@allow("crm_admin")
def setup():
    now = DepartureSettings.now()
    form = SetupForm(data=_known(now))

    def save():
        notifying.set_up(me(), sent_version() or 0, **form.chosen)
        return go(url_for("departures.setup"), "Saved")

    def again(status: int, fresh: DepartureSettings = now):
        reach = _reach(fresh.roles, fresh.people, fresh.addresses)
        return render_template("departures/setup.html", form=form, settings=fresh, stale=status == 409, **reach), status

    return ask(form, save, again, known=_known)


@blueprint.get("/setup/reach")
@allow("crm_admin")
def reach():
    """Whom it would reach as it is ticked now."""
    people = [one for one in request.args.getlist("people") if one.isascii() and one.isdigit() and len(one) < 12]
    lines = [line for line in request.args.get("addresses", "").splitlines() if line.strip()]
    return render_template("departures/_reach.html", **_reach(request.args.getlist("roles"), people, lines))


def _reach(roles, people, addresses) -> dict:
    return {"users": notifying.reached(roles, people), "addresses": sorted(addresses)}
