"""The list, a person's page, and what an admin writes there."""

from flask import current_app, render_template, request, url_for

from carmanana.blueprints.team.base import blueprint, person_or_404
from carmanana.blueprints.team.lists import PEOPLE
from carmanana.compliance.consequences import restrictions
from carmanana.core.idempotency import once
from carmanana.records.people import CRM_ADMIN, MANAGER, ROLES, User
from carmanana.staffing import asking, joining, listing, second_factor, signin
from carmanana.staffing.absences import away_now, coming
from carmanana.staffing.leaving import open_work
from carmanana.staffing.zones import ZONES
from carmanana.web.access import allow
from carmanana.web.current_user import me
from carmanana.web.dialogs import show_dialog
from carmanana.web.forms import DealershipForm, TextField
from carmanana.web.forms.choices import ChoicesField, PersonField, ZoneField
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version
from carmanana.web.steps import ask


class PersonForm(DealershipForm):
    name = TextField("Name")
    email = TextField("Email", most=254)
    roles = ChoicesField("Roles", ROLES)
    manager = PersonField("Manager", (MANAGER,), nobody="Nobody")
    timezone = ZoneField("Time zone", most=60)
    phone = TextField("Phone", most=40)

    @property
    def facts(self) -> dict:
        words = {name: self[name].data or "" for name in ("name", "email", "timezone", "phone")}
        return words | {"roles": set(self.roles.data or ()), "manager": self.manager.person}


@blueprint.get("/people/")
@allow("manager", "crm_admin")
def index():
    return PEOPLE.answer(administers=me().has(CRM_ADMIN))


@blueprint.get("/people/<id:user_id>")
@allow("manager", "crm_admin")
def show(user_id: int):
    return _page(person_or_404(user_id))


def _page(user: User, link: str = "") -> str:
    return render_template(
        "people/show.html",
        user=user,
        roles=ROLES,
        away=away_now([user]).get(user.id),
        absences=coming(user),
        work=open_work(user),
        asked=asking.of(user),
        restrictions=restrictions(user),
        reports=listing.reports_of(user),
        administers=me().has(CRM_ADMIN),
        link=link,
        factor=second_factor.of(user),
    )


@blueprint.route("/people/new", methods=["GET", "POST"])
@allow("crm_admin")
def new():
    form = PersonForm(data={"timezone": me().timezone})

    def save():
        user = once(request.form.get("once", ""), me(), lambda: joining.join(me(), **form.facts))
        return go(url_for("people.show", user_id=user.id), f"{user.name} is added")

    return ask(
        form, save, lambda status: _dialog(form, url_for("people.new"), url_for("people.index"), "Add person", status)
    )


@blueprint.route("/people/<id:user_id>/edit", methods=["GET", "POST"])
@allow("crm_admin")
def edit(user_id: int):
    user = person_or_404(user_id)
    form, back = _form_of(user), url_for("people.show", user_id=user_id)

    def save():
        joining.correct(user, me(), sent_version() or 0, **form.facts)
        return go(back, "Saved")

    def again(status: int, fresh: User = user):
        return _dialog(form, url_for("people.edit", user_id=user_id), back, fresh.name, status, user=fresh)

    return ask(form, save, again, known=_known)


def _form_of(user: User) -> PersonForm:
    form = PersonForm(data=_known(user))
    form.manager.besides = user
    return form


def _known(user: User) -> dict:
    return {**user.__data__, "roles": sorted(user.roles), "manager": str(user.manager_id or "")}


def _dialog(form: PersonForm, action: str, back: str, title: str, status: int, user: User | None = None):
    return show_dialog(
        "people/edit.html",
        title,
        back,
        status,
        form=form,
        form_action=action,
        user=user,
        zones=ZONES,
    )


@blueprint.post("/people/<id:user_id>/password-link")
@allow("crm_admin")
def password_link(user_id: int):
    """Shown on this one answer only; the database keeps its hash."""
    user = person_or_404(user_id)
    return _page(user, signin.password_link(user, me(), current_app.config["SETTINGS"].public_url))
