"""Templates write thousands of small values a page; here they write them with less ado than Jinja by itself."""

import re
from types import FunctionType, MethodType

from flask.templating import Environment
from jinja2 import Undefined
from jinja2.runtime import Context, Macro, missing
from jinja2.utils import LRUCache
from markupsafe import Markup, _escape_inner, escape

UNSAID = Undefined("an inline if-expression was false and had no else")
MOST_MADE = 100
PLAIN = {Macro, FunctionType, MethodType}
INDENTATION = re.compile(r"\n[ \t]+")
LINE_WITHIN = re.compile(r"(?<!#\})(?<![^+]%\})\n[ \t]+(?=\S)")  # but after a statement, whose own line is none
IMPORTS = re.compile(r"^from jinja2\.runtime import .*$", re.MULTILINE)
NO_ELSE = re.compile(r'cond_expr_undefined\("the inline if-expression on [^"]*"\)')


def written(value) -> str:
    """`value` as it stands in a page. What is written is joined at once, so that it need be no Markup, whose making
    takes ten times as long as the escaping."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    if kind is Markup:
        return value
    if kind is int:
        return str(value)
    return "" if value is UNSAID else escape(value)


class PageContext(Context):
    """Names the globals when it is asked for them, and calls macros and functions straight away."""

    def __init__(self, environment, parent, name, blocks, globals=None):
        super().__init__(environment, parent, name, blocks)
        self.globals = globals

    globals_keys = property(lambda self: set(self.globals or ()), lambda self, keys: None)

    def call(self, called, /, *args, **kwargs):
        kind = type(called)
        if kind not in PLAIN or hasattr(called, "jinja_pass_arg"):
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        if kind is not Macro or kwargs or called.caller or called.catch_kwargs or called.catch_varargs:
            return called(*args, **kwargs)
        left = called._argument_count - len(args)
        return Markup(called._func(*args, *[missing] * left)) if left >= 0 else called(*args)


ENVIRONMENTS: list[Environment] = []


def load_every_template() -> None:
    """Those that nobody has asked for yet, too."""
    for environment in ENVIRONMENTS:
        for name in environment.list_templates(["html"]):
            environment.get_template(name)


class PageEnvironment(Environment):
    """Keeps every template, which all have the same globals, and those that were `made` of others while it ran. What an
    inline `if` without an `else` says is made once. How a template is laid out is for those who read it: neither
    its indentation nor its indented lines are sent."""

    context_class = PageContext

    def __init__(self, app, **options):
        super().__init__(app, cache_size=-1, **options)
        self.made = LRUCache(MOST_MADE)
        ENVIRONMENTS.append(self)

    def make_globals(self, own):
        return super().make_globals(own) if own else self.globals

    def preprocess(self, source, name, filename=None) -> str:
        return super().preprocess(INDENTATION.sub("\n", LINE_WITHIN.sub(" ", source)), name, filename)

    def _generate(self, source, name, filename, defer_init=False) -> str:
        code = super()._generate(source, name, filename, defer_init)
        return IMPORTS.sub(rf"\g<0>; from {__name__} import UNSAID, written as escape", NO_ELSE.sub("UNSAID", code), 1)
