"""One's own second factor, the browsers one is signed in with, and what an admin does about others' factors."""

from flask import abort, render_template, request, session, url_for

from carmanana.blueprints.team.base import blueprint, person_or_404
from carmanana.blueprints.team.qr_codes import picture
from carmanana.records.people import ROLES, User
from carmanana.staffing import second_factor, sessions
from carmanana.web.access import allow, signed_in
from carmanana.web.current_user import me
from carmanana.web.forms import DealershipForm, TextField
from carmanana.web.forms.choices import ChoicesField
from carmanana.web.fragments import go
from carmanana.web.steps import ask, submit


class CodeForm(DealershipForm):
    code = TextField("Code", most=40)


class RequiredRolesForm(DealershipForm):
    roles = ChoicesField("Roles", ROLES)


@blueprint.route("/me/second-factor")
@signed_in
def own_factor():
    return _page(CodeForm())


def _page(form: CodeForm, codes=(), status: int = 200):
    user = me()
    pending = None if codes else second_factor.pending(user)
    told = {
        "factor": second_factor.of(user),
        "pending": pending,
        "picture": picture(pending.address) if pending else "",
    }
    told |= {"left": second_factor.codes_left(user), "needed": second_factor.needed_by(user)}
    return render_template("people/second_factor.html", form=form, codes=codes, **told), status


@blueprint.post("/me/second-factor")
@signed_in
def begin_factor():
    page = url_for("people.own_factor")

    def begin():
        second_factor.begin(me())
        return go(page)

    return submit(DealershipForm(), begin, lambda status: go(page, "You have a second factor already"))


@blueprint.post("/me/second-factor/confirm")
@signed_in
def confirm_factor():
    """The recovery codes are shown on this one answer only; the database keeps their hashes."""
    return _with_code(lambda code: second_factor.confirm(me(), code, session.row.id if session.row else ""))


@blueprint.post("/me/second-factor/codes")
@signed_in
def factor_codes():
    return _with_code(lambda code: second_factor.new_codes(me(), code))


def _with_code(verb):
    form = CodeForm()

    def save():
        codes = verb(form.code.data or "")
        session.pop("factor_missing", None)
        return _page(CodeForm(empty=True), codes)

    return submit(form, save, lambda status: _page(form, status=status))


@blueprint.post("/me/second-factor/off")
@signed_in
def drop_factor():
    form = CodeForm()

    def save():
        second_factor.turn_off(me(), form.code.data or "")
        return go(url_for("people.me"), "Your second factor is off")

    return submit(form, save, lambda status: _page(form, status=status))


@blueprint.post("/me/sessions/end")
@signed_in
def end_session():
    """One browser, or all others where none is named."""
    here = session.row.id if session.row else ""
    named = request.form.get("session", "")
    if named == here:
        return go(url_for("people.me"), "This is the browser that you are using; sign out instead")
    if not named:
        ended = sessions.end_others(me(), here)
        return go(url_for("people.me"), "Signed out everywhere else" if ended else "You were signed in nowhere else")
    return go(
        url_for("people.me"), "Signed out there" if sessions.end(me(), named) else "That browser was signed out already"
    )


@blueprint.post("/people/<id:user_id>/second-factor/reset")
@allow("crm_admin")
def reset_factor(user_id: int):
    user: User = person_or_404(user_id)
    if second_factor.of(user) is None:
        abort(404)
    second_factor.reset(user, me())
    return go(
        url_for("people.show", user_id=user_id),
        f"{user.name} signs in with the password alone until they set up another",
    )


@blueprint.route("/people/second-factor", methods=["GET", "POST"])
@allow("crm_admin")
def required_roles():
    form = RequiredRolesForm(data={"roles": sorted(second_factor.required_roles())})

    def save():
        second_factor.require(form.roles.data or (), me())
        return go(url_for("people.required_roles"), "Saved")

    def again(status: int):
        without = second_factor.without()
        return render_template("people/required_roles.html", form=form, without=without, roles=ROLES), status

    return ask(form, save, again)
