"""What is set for the whole house."""

from flask import Blueprint, render_template, request, url_for

from carmanana.core.db import Stale
from carmanana.core.workflow import Refused
from carmanana.records import house
from carmanana.records.house import House
from carmanana.web.access import allow
from carmanana.web.currencies import CurrencyField
from carmanana.web.current_user import me
from carmanana.web.edit_conflicts import overtake
from carmanana.web.forms import DealershipForm, RadioField
from carmanana.web.fragments import go
from carmanana.web.loading import sent_version

blueprint = Blueprint("house", __name__)


class HouseForm(DealershipForm):
    currency = CurrencyField("Currency of new deals and of sums")
    distance_unit = RadioField("Distances in", choices=list(house.UNITS.items()), validate_choice=False)

    @property
    def chosen(self) -> dict[str, str]:
        return {name: self[name].data or "" for name in house.CHOICES}


@blueprint.route("/house", methods=["GET", "POST"])
@allow("manager", "crm_admin")
def settings():
    now, status = House.now(), 200 if request.method == "GET" else 422
    form = HouseForm(data=now.__data__)
    if form.sent():
        try:
            house.settle(me(), sent_version() or 0, **form.chosen)
            return go(url_for("house.settings"), "Saved")
        except Refused as refused:
            form.refuse(refused)
        except Stale as stale:
            now, status = stale.record, 409
            overtake(form, now, data=now.__data__)
    return render_template("house/settings.html", form=form, house=now, stale=status == 409), status
