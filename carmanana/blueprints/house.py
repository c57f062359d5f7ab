"""What is set for the whole house."""

from flask import Blueprint, render_template, url_for

from carmanana.deals.house import House, set_currency
from carmanana.records import house_settings
from carmanana.web.access import allow
from carmanana.web.currencies import CurrencyField
from carmanana.web.current_user import me
from carmanana.web.forms import DealershipForm, IntegerField, Optional, RadioField
from carmanana.web.fragments import go

blueprint = Blueprint("house", __name__)


class HouseForm(DealershipForm):
    currency = CurrencyField("Currency of new deals and of sums")
    version = IntegerField("", [Optional()])
    distance_unit = RadioField("Distances in", choices=list(house_settings.UNITS.items()), validate_choice=True)


@blueprint.route("/house", methods=["GET", "POST"])
@allow("manager", "crm_admin")
def settings():
    now = House.now()
    form = HouseForm(
        data={name: house_settings.setting(name) for name in house_settings.CHOICES}
        | {"currency": now.currency, "version": now.version}
    )
    if form.sent():
        set_currency(form.currency.data, me(), form.version.data)
        for name in house_settings.CHOICES:
            house_settings.choose(me(), name, form[name].data)
        return go(url_for("house.settings"), "Saved")
    return render_template("house/settings.html", form=form), 422 if form.errors else 200
