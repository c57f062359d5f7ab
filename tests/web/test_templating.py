"""Our quicker way of writing templates says exactly what Jinja's own does, and escapes the same."""

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.templating import Environment
from markupsafe import Markup

from carmanana.web.templating import PageEnvironment


class Name(str):
    """A str of another kind."""


@dataclass
class Person:
    name: str

    def greet(self, other="<you>"):
        return f"{self.name} & {other}"

    def __str__(self):
        return f"<{self.name}>"


VALUES = {
    "bad": "<script>alert('x & \"y\"')</script>",
    "good": Markup("<b>good</b>"),
    "kind": Name("<i>&"),
    "number": 1234,
    "half": 0.5,
    "nothing": None,
    "person": Person("<Ann>"),
    "many": ["<a>", Markup("<br>"), 3, None],
    "called": lambda word, *more, end="!": f"<{word}>{end}",
    "made": lambda: Markup("<hr>"),
}
MACROS = (
    '{% macro m(x, y="<d>") %}[{{ x }}|{{ y }}]{% endmacro %}'
    "{% macro c(x) %}{{ caller() if caller else x }}{% endmacro %}"
    "{% macro v() %}{{ varargs|join }}{{ kwargs.z }}{% endmacro %}"
)
SOURCES = [
    *(f"{{{{ {name} }}}}" for name in VALUES),
    *(f"{{% set x %}}{{{{ {name} }}}}{{% endset %}}{{{{ x }}}}{{{{ x ~ {name} }}}}" for name in VALUES),
    *(
        f"{MACROS}{{{{ m({name}) }}}}{{{{ m({name}, good) }}}}{{{{ m(x=bad) }}}}{{{{ v({name}, 1, z=bad) }}}}"
        for name in VALUES
    ),
    *(f'<a title="{{{{ {name} }}}}">' for name in VALUES),
    "{{ bad|upper }}{{ bad|e }}{{ bad|safe }}{{ many|join(', ') }}{{ bad ~ good }}{{ bad + bad }}{{ good + bad }}",
    "{{ 'a' if nothing }}{{ bad if number }}{{ 'a<' if nothing else '<b' }}{{ ('x' if nothing) or '<y>' }}",
    "{{ person.greet() }}{{ person.greet(bad) }}{{ called(bad) }}{{ called(bad, good, end=bad) }}{{ made() }}",
    MACROS + "{{ m() }}{{ m(missing_name) }}{% call c(1) %}{{ bad }}{% endcall %}{{ c(bad) }}",
    "{% for each in many %}{{ loop.index }}{{ each }}{% else %}{% endfor %}{{ missing_name }}",
    "{% filter upper %}{{ bad }}{% endfilter %}{% autoescape false %}{{ bad }}{% endautoescape %}{{ bad }}",
    "{% with bad = '<w>' %}{{ bad }}{% endwith %}{{ '%s<' % bad }}{{ '<%s>'|format(bad) }}{{ good|format }}",
]


@pytest.mark.parametrize("kind", [Environment, PageEnvironment])
def test_markup_in_text_is_escaped(kind):
    assert written(kind, "{{ bad }}") == "&lt;script&gt;alert(&#39;x &amp; &#34;y&#34;&#39;)&lt;/script&gt;"


def test_whatever_is_written_is_as_jinja_writes_it():
    differ = [source for source in SOURCES if written(PageEnvironment, source) != written(Environment, source)]
    assert differ == []


def written(kind, source: str) -> str:
    environment = kind(Flask("toy"), autoescape=True)
    return environment.from_string(source).render(VALUES)
