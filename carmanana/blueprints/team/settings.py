"""One's own settings."""

from flask import current_app, render_template, request, session, url_for

from carmanana.blueprints.team.base import blueprint
from carmanana.blueprints.team.calendar_feed import address_of
from carmanana.core import locales
from carmanana.records.people import ROLES, User
from carmanana.staffing import asking, second_factor, sessions, settings, signin
from carmanana.staffing.absences import away_now, coming
from carmanana.staffing.zones import ZONES
from carmanana.web.access import signed_in
from carmanana.web.addresses import local_address
from carmanana.web.current_user import me as person
from carmanana.web.current_user import remember
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import BooleanField, DealershipForm, SelectField, TextField
from carmanana.web.forms.choices import ZoneField
from carmanana.web.fragments import go, htmx
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask


class SettingsForm(DealershipForm):
    timezone = ZoneField("Time zone", most=60)
    phone = TextField("Phone", most=40)
    locale = SelectField(
        "Dates, times and numbers", choices=lambda: [("", "As in the United Kingdom"), *locales.offered().items()]
    )
    letter_keys = BooleanField("Single letters and signs are keys")


class OwnPasswordForm(DealershipForm):
    current = TextField("Current password", most=signin.LONGEST)
    password = TextField("New password", most=signin.LONGEST)


@blueprint.route("/me", methods=["GET", "POST"])
@signed_in
def me():
    user = person()
    form = SettingsForm(obj=user)

    def save():
        words = (form.timezone.data or "", form.phone.data or "", form.locale.data or "")
        settings.settle(user, sent_version() or 0, *words, form.letter_keys.data)
        return go(url_for("people.me"), "Saved")

    return ask(form, save, lambda status, fresh=user: _own_page(fresh, form, status), known=lambda fresh: fresh)


def _own_page(user: User, form: SettingsForm, status: int):
    context = {"away": away_now([user]).get(user.id), "absences": coming(user), "roles": ROLES, "zones": ZONES}
    context |= {"asked": asking.of(user), "may_ask": user.has(*asking.MAY), "calendar": address_of(user)}
    context |= _signed_in_context(user)
    return render_template(
        "people/me.html", user=user, form=form, stale=status == 409, back=url_for("people.me"), **context
    ), status


def _signed_in_context(user) -> dict:
    terms = current_app.config["SETTINGS"]
    listed = sessions.sessions_of(user, terms.session_hours, terms.session_idle_minutes)
    return {
        "factor": second_factor.of(user),
        "sessions": listed,
        "here": session.row.id if session.row else "",
        "device": sessions.device,
    }


@blueprint.route("/me/password", methods=["GET", "POST"])
@signed_in
def password():
    """Every session of theirs ends; this browser gets a new one."""
    form = OwnPasswordForm()

    def save():
        user = person()
        signin.change_password(user, form.current.data or "", form.password.data or "")
        remember(user)
        return go(url_for("people.me"), "Your password is changed")

    def again(status: int):
        action, back = url_for("people.password"), url_for("people.me")
        return show_dialog("people/password.html", "A new password", back, status, form=form, form_action=action)

    return ask(form, save, again)


@blueprint.post("/theme")
@signed_in
def theme():
    settings.choose_theme(person(), request.form.get("theme", ""))
    return ("", 204) if htmx else go(_page_before())


def _page_before() -> str:
    """Where the switch was, if it is a page of ours."""
    before = (request.referrer or "").removeprefix(request.host_url)
    return local_address("/" + before) if request.referrer != before else url_for("home.home")
