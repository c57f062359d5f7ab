"""The table of area codes is what the `phonenumbers` package tells of each place in the United States."""

from phonenumbers.geodata import GEOCODE_DATA

from carmanana.contacting.calling.area_codes import STATE_OF
from carmanana.contacting.calling.regions import state_named


def test_each_place_is_in_the_state_of_its_area_code():
    told = [(prefix[1:4], names["en"]) for prefix, names in GEOCODE_DATA.items() if prefix[0] == "1" and "en" in names]
    places = {(code, state) for code, place in told if (state := state_named(place.rpartition(", ")[2]))}
    assert places - {("201", "NY")} == set(STATE_OF.items()), (
        "201 is New Jersey's, but for one place that it has in New York"
    )
