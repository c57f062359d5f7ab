"""Templates write, call and address as Jinja and Flask by themselves would."""

from flask import url_for
from jinja2 import Environment
from markupsafe import Markup

from carmanana.web.addresses import address
from carmanana.web.templating import PageEnvironment

VALUES = {
    "words": "<b> & 'c' \"d\"",
    "safe": Markup("<i>e</i>"),
    "number": 5,
    "nothing": None,
    "truth": True,
    "half": 0.5,
    "several": ["<", ">"],
}
WRITTEN = """
{% macro plain(a, b="<o>", c=none) %}[{{ a }}|{{ b }}|{{ c }}]{% endmacro %}
{% macro called(a) %}<p>{{ a }}{{ caller("<x>") }}</p>{% endmacro %}
{% macro many(a) %}{{ a }}{{ varargs }}{{ kwargs.z }}{% endmacro %}
{{ words }}{{ safe }}{{ number }}{{ nothing }}{{ truth }}{{ half }}{{ several }}{{ missing }}
{{ words if number > 9 }}{{ "yes" if number > 9 }}{{ (words if false) or "other" }}{{ (words if false) is defined }}
{{ plain(words) }}{{ plain(safe, number) }}{{ plain(words, c=words) }}{{ plain("a", "b", "c") }}
{% call(inner) called(words) %}{{ inner }}{{ safe }}{% endcall %}
{{ many(words, words, z=safe) }}{{ words|upper }}{{ words ~ safe }}
{% for one in several %}{% set kept = plain(one) %}{{ kept }}{{ loop.index }}{% endfor %}
{% set block %}{{ words }}{% endset %}{{ block }}
"""


def test_what_is_written_is_what_jinja_writes(app):
    options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    ours, theirs = PageEnvironment(app, **options), Environment(**options)
    assert ours.from_string(WRITTEN).render(VALUES) == theirs.from_string(WRITTEN).render(VALUES)


def test_addresses_are_those_of_flask(app):
    with app.test_request_context():
        wrong = []
        for rule in app.url_map.iter_rules("static"):
            assert address(rule.endpoint, filename="a.css") == url_for(rule.endpoint, filename="a.css")
        for rule in app.url_map.iter_rules():
            kinds = {name: type(converter).__name__ for name, converter in rule._converters.items()}
            values = {
                name: 70 + place if kind == "IdConverter" else "b c" for place, (name, kind) in enumerate(kinds.items())
            }
            if set(kinds.values()) <= {"IdConverter", "UnicodeConverter", "PathConverter"}:
                for more in (
                    {},
                    {"page": 3, "text": "ä&b", "last": -1, "none": None},
                    {"which": [1, 2], "of": 999_999_999_999_990},
                ):
                    if address(rule.endpoint, **values, **more) != url_for(rule.endpoint, **values, **more):
                        wrong.append((rule.endpoint, more))
        assert not wrong
