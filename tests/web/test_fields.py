"""Whatever is typed into a field of any kind, the field reads it or refuses it with a sentence."""

from datetime import date
from itertools import product

from wtforms import Form

from carmanana.blueprints.cancellations.review import forms as review_forms
from carmanana.web import forms

KINDS = [
    forms.IntegerField,
    forms.AmountField,
    forms.DateField,
    forms.MomentField,
    forms.TextField,
    forms.WordsField,
    forms.LinesField,
    review_forms.WallField,
]
TYPED = [
    *(
        "",
        " ",
        "9" * 309,
        "9" * 5000,
        "-" + "9" * 309,
        "0" * 400 + "1",
        "NaN",
        "Infinity",
        "-inf",
        "1e400",
        "1_000",
        "٣٤",
        "1.5",
        "+1",
        "--1",
        "0x10",
    ),
    *(
        "0000-01-01",
        "0001-01-01",
        "9999-12-31",
        "10000-01-01",
        "2026-02-30",
        "-0001-01-01",
        "2026-W01-1",
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "10000-01-01T00:00",
    ),
    *(
        "2026-11-30T10:00+99:99",
        "2026-11-30T24:00",
        "25:00",
        "9" * 309 + ":00",
        "\x00",
        "1\x00",
        "2026-11-30\x00",
        "\ud800",
        "1\udfff",
        "\u3164",
        "\u202e1",
        "x" * 200_000,
    ),
]


def test_a_field_reads_or_refuses(app):
    wrong = [
        (kind.__name__, typed[:20]) for kind, typed in product(KINDS, TYPED) if not read_or_refused(app, kind, typed)
    ]
    assert wrong == []


def read_or_refused(app, kind, typed: str) -> bool:
    class One(Form):
        field = (
            kind("A field", validators=[])
            if kind not in (forms.IntegerField,)
            else kind("A field", [forms.Optional(), forms.NumberRange(0, 600)])
        )

    with app.test_request_context(
        "/", method="POST", data={"field": typed.encode("utf-8", "surrogatepass")}
    ) as context:
        form = One(context.request.form)
        form.validate()
        return form.field() is not None and bool(form.field.errors or keepable(form.field.data))


def keepable(data) -> bool:
    """Nothing that the database, or a sum with it, would break at."""
    if isinstance(data, int):
        return abs(data) < 2**53
    if isinstance(data, date):
        return 1900 <= data.year <= 2200
    return "\x00" not in (data or "") if isinstance(data, str) else True


def test_a_number_is_read_as_it_is_typed(app):
    class One(Form):
        field = forms.IntegerField("A field", [forms.Optional()])

    read = {}
    for typed in ("0", " 12 ", "-3", "1,200", "1 200", "12x", "1.0"):
        with app.test_request_context("/", method="POST", data={"field": typed}) as context:
            form = One(context.request.form)
            read[typed] = form.field.data if form.validate() else form.field.errors[0]
    assert read == {"0": 0, " 12 ": 12, "-3": -3} | dict.fromkeys(
        ("1,200", "1 200", "12x", "1.0"), "Enter a whole number."
    )
