"""Makes and models as they are spelled."""

import pytest

from carmanana.core import vehicles


@pytest.mark.parametrize(("written", "meant"), [
    ("toyota", "Toyota"), ("TOYOTA ", "Toyota"), ("Toyta", "Toyota"), ("VW", "Volkswagen"), ("chevy", "Chevrolet"), ("mercedes  benz", "Mercedes-Benz"),
    ("Porshe", "Porsche"), ("skoda", "Škoda"), ("Hyunday", "Hyundai"), ("Ram", "Ram"), ("Kit car", "Kit car"), ("", ""), ("BMV", "BMV"),
])  # fmt: skip
def test_a_make_is_read_as_it_is_meant(written, meant):
    assert vehicles.make_meant(written) == meant


@pytest.mark.parametrize(("make", "written", "meant"), [
    ("Honda", "crv", "CR-V"), ("Honda", "CR V", "CR-V"), ("Toyota", "rav4", "RAV4"), ("Toyota", "Highlnder", "Highlander"), ("Mazda", "CX5", "CX-5"),
    ("Mazda", "CX-50", "CX-50"), ("Toyota", "RAV4 Prime XSE", "RAV4 Prime XSE"), ("Lada", "Niva", "Niva"), ("BMW", "X5", "X5"),
])  # fmt: skip
def test_a_model_is_read_as_it_is_meant(make, written, meant):
    assert vehicles.model_meant(make, written) == meant


def test_every_row_is_whole_and_once():
    rows = [(make, model) for make in vehicles.makes() for model in vehicles.models(make)]
    assert len(rows) == len(set(rows)) > 300
    assert {vehicles.body_of(*row) for row in rows} == {
        "sedan",
        "suv",
        "pickup",
        "hatchback",
        "coupe",
        "convertible",
        "wagon",
        "minivan",
        "van",
    }
