"""What STYLE.md promises about the shape of the code, read from the code itself."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "carmanana"
STATIC, TEMPLATES = HOUSE / "static", HOUSE / "templates"
LONGEST = 300
WIDEST = 120

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(HOUSE.rglob("*.py"))
    if "migrations" not in path.parts
}
PAGES = sorted(TEMPLATES.rglob("*.html"))
STYLES = sorted((STATIC / "css").rglob("*.css"))
SCRIPTS = sorted((STATIC / "js").rglob("*.js"))


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text())


def imports(module: str) -> set[str]:
    """Every module that it imports, wherever in the file; ours as the module that is meant."""
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    found = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.rsplit(".", node.level - 1)[0] if node.level > 1 else package
            source = ".".join(filter(None, [above if node.level else "", node.module]))
            found |= {
                f"{source}.{alias.name}" if f"{source}.{alias.name}" in MODULES else source for alias in node.names
            }
    return found


@cache
def ours() -> dict[str, set[str]]:
    return {module: {name for name in imports(module) if name in MODULES and name != module} for module in MODULES}


def of(module: str) -> tuple[str, str]:
    """The package or the module at the top, and what is inside: ("deals", "models")."""
    _, top, inside = (module + "..").split(".", 2)
    return top, inside.strip(".")


def test_what_is_imported_is_there():
    missing = {
        f"{module} imports {name}"
        for module in MODULES
        for name in imports(module)
        if name.startswith("carmanana.") and name not in MODULES
    }
    assert missing == set()


# floors: a package imports only from those below it

FLOORS = [
    {""},
    {"application"},
    {"cli"},
    {"serving", "backups"},
    {"blueprints"},
    {"web"},
    {"worker"},
    {"opening"},
    {"demo"},
    {"sweeps"},
    {"importing", "bulk", "reports", "search"},
    {"notifying"},
    {"today"},
    {"boards"},
    {"compliance"},
    {"staffing"},
    {"buyers"},
    {"departures"},
    {"cancellations"},
    {"sales"},
    {"cases", "expiries"},
    {"leads"},
    {"deals"},
    {"customers"},
    {"contacting"},
    {"records"},
    {"schema"},
    {"core"},
    {"config"},
]
HEIGHT = {package: -number for number, floor in enumerate(FLOORS) for package in floor}


def upwards(graph: dict[str, set[str]]) -> list[str]:
    """Imports of another package that is not on a floor below."""
    found = []
    for module, names in graph.items():
        here = of(module)[0]
        found += [
            f"{module} -> {name}" for name in names if of(name)[0] != here and HEIGHT[of(name)[0]] >= HEIGHT[here]
        ]
    return sorted(found)


def test_every_package_has_its_floor_and_imports_from_below():
    assert {of(module)[0] for module in MODULES} <= HEIGHT.keys()
    assert upwards(ours()) == []


def test_an_import_turned_round_would_be_found():
    turned = ours() | {"carmanana.records.deals": ours()["carmanana.records.deals"] | {"carmanana.deals.rules"}}
    assert upwards(turned) == ["carmanana.records.deals -> carmanana.deals.rules"]
    assert upwards(ours() | {"carmanana.bulk.kinds": {"carmanana.reports.period"}}), "nor from its own floor"


def test_no_module_imports_itself_by_way_of_others():
    assert cycles(ours()) == []


def cycles(graph: dict[str, set[str]]) -> list[list[str]]:
    """What is left when modules that nothing left imports from are taken away, again and again."""
    left = {module: set(names) for module, names in graph.items()}
    while free := [module for module, names in left.items() if not names & left.keys()]:
        for module in free:
            del left[module]
    return [sorted(left)] if left else []


def test_a_cycle_would_be_found():
    assert cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}, "e": set()}) == [["a", "b", "c", "d"]]
    assert cycles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


HTTP = {
    "flask",
    "flask_login",
    "flask_wtf",
    "flask_htmx",
    "flask_compress",
    "wtforms",
    "jinja2",
    "markupsafe",
    "itsdangerous",
}


def test_the_domain_knows_nothing_of_the_web():
    domain = [module for module in MODULES if of(module)[0] not in ("web", "blueprints", "cli", "application")]
    assert len(domain) > 30
    assert {
        module: found for module in domain if (found := {name.split(".")[0] for name in imports(module)} & HTTP)
    } == {}


def test_pages_do_not_import_each_other():
    nouns = {module: of(module)[1].split(".")[0] for module in MODULES if of(module)[0] == "blueprints"}
    assert len(set(nouns.values())) > 8
    for module, noun in nouns.items():
        if noun:
            assert {other for other in ours()[module] if nouns.get(other, noun) not in (noun, "")} == set(), module


# one place where what a step or a form runs into becomes an answer


def caught(module: str) -> list[str]:
    """What it catches of a refusal or of somebody quicker."""
    kinds = [ast.unparse(handler.type) for handler in nodes(module, ast.ExceptHandler) if handler.type]
    return [kind for kind in kinds if re.search(r"\b(Refused|Stale)\b", kind)]


ANSWERS = "carmanana.web.steps"
FOR_MACHINES = "carmanana.blueprints.inquiries.posted"  # who posts leads there reads JSON, not a form


def test_one_place_answers_what_is_refused_and_who_was_slower():
    pages = [module for module in MODULES if of(module)[0] in ("web", "blueprints")]
    assert set(only_where(caught, pages)) == {ANSWERS, FOR_MACHINES}


# one door for state

ELSEWHERE = [module for module in MODULES if module != "carmanana.core.workflow"]
FOLLOWING = "carmanana.schema.derived.columns"  # the columns of a deal that the database keeps
WRITES = {"update", "create", "insert", "insert_many", "bulk_update", "set_by_id", "replace", "get_or_create"}
OTHER_STATES = ("batch", "terms")  # an import has a state of its own, which is no deal's


def nodes(module: str, *kinds: type) -> list:
    return [node for node in ast.walk(tree(module)) if isinstance(node, kinds)]


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def names_state(call: ast.Call) -> bool:
    """f(state=...) and f(**{"state": ...})."""
    spread = [key for keyword in call.keywords if keyword.arg is None for key in ast.walk(keyword.value)]
    return any(keyword.arg == "state" for keyword in call.keywords) or any(
        isinstance(key, ast.Constant) and key.value == "state" for key in spread
    )


def assigns_state(node: ast.Assign | ast.AugAssign | ast.AnnAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(
        isinstance(part, ast.Attribute) and part.attr == "state" for target in targets for part in ast.walk(target)
    )


def writes_state(call: ast.Call) -> bool:
    writes = called(call) in WRITES or (isinstance(call.func, ast.Name) and call.func.id.startswith("change"))
    return (writes and names_state(call)) or (called(call) == "setattr" and "'state'" in ast.unparse(call))


def states_written(module: str) -> list[str]:
    found = [node for node in nodes(module, ast.Assign, ast.AugAssign, ast.AnnAssign) if assigns_state(node)]
    found += [call for call in nodes(module, ast.Call) if writes_state(call)]
    return [text for text in map(ast.unparse, found) if not any(word in text.lower() for word in OTHER_STATES)]


def sql_on_deals(module: str) -> list[str]:
    texts = [node.value for node in nodes(module, ast.Constant) if isinstance(node.value, str)]
    return [text for text in texts if re.search(r'\b(UPDATE|INTO)\s+"?deal"?\b', text, re.IGNORECASE)]


def deals_saved_past_the_door(module: str) -> list[str]:
    """Functions that build Deal(state=...) and save it themselves."""
    found = []
    for function in nodes(module, ast.FunctionDef):
        inside = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
        if any(called(call) == "Deal" and names_state(call) for call in inside):
            found += [
                function.name for call in inside if called(call) in ("save", "create", "insert_all", "bulk_create")
            ]
    return found


def only_where(check, modules=ELSEWHERE) -> dict[str, list[str]]:
    return {module: found for module in modules if (found := check(module))}


def test_a_state_is_written_by_the_workflow_alone():
    assert only_where(states_written) == {}
    assert only_where(sql_on_deals, [module for module in ELSEWHERE if module != FOLLOWING]) == {}
    assert not any(re.search(r"\bstate\s*=[^=]", text) for text in sql_on_deals(FOLLOWING))


def test_a_deal_made_in_a_state_comes_in_through_the_door_for_history():
    assert only_where(deals_saved_past_the_door) == {}


@pytest.mark.parametrize(
    "line",
    [
        "deal.state = WON",
        "deal.state, deal.owner = WON, by",
        "self.deal.state = 'won'",
        "change(deal, state=WON)",
        "change(deal, **{'state': WON})",
        "Deal.update(state=WON).execute()",
        "Deal.create(state=WON)",
        "setattr(deal, 'state', WON)",
        "database.execute_sql('UPDATE deal SET state = ?')",
        "def f():\n    deal = Deal(state=WON)\n    deal.save()",
    ],
)
def test_a_way_round_the_door_would_be_found(line, monkeypatch):
    monkeypatch.setattr(f"{__name__}.tree", lambda module: ast.parse(line))
    assert states_written("") or sql_on_deals("") or deals_saved_past_the_door("")


# the only clock


def clocks_asked(module: str) -> list[str]:
    asked = [ast.unparse(call.func) for call in nodes(module, ast.Call)]
    return [
        name
        for name in asked
        if re.fullmatch(r"(datetime\.|dt\.)*(datetime|date)\.(now|utcnow|today)|time\.(time|localtime|gmtime)", name)
    ]


def test_the_time_is_read_from_the_clock():
    assert only_where(clocks_asked) == {"carmanana.core.clock": ["datetime.now"]}


# pages, styles, scripts


def without_comments(text: str) -> str:
    return re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)


FORBIDDEN_IN_PAGES = {
    "an inline style": r"\sstyle\s*=",
    "a <style> block": r"<style\b",
    "an inline handler": r"\son[a-z]+\s*=",
    "an inline script": r"<script\b(?![^>]*\bsrc=)",
    "text marked safe": r"\|\s*safe\b",
    "escaping turned off": r"\{%-?\s*autoescape\s+false",
    "a role compared": (
        r"[\"'](agent|manager|retention|compliance|crm_admin" r"|customer_cancellation)[\"']\s+(not\s+)?in\s|\.has\("
    ),
}


def forbidden(text: str) -> list[str]:
    return [
        what
        for what, pattern in FORBIDDEN_IN_PAGES.items()
        if re.search(pattern, without_comments(text), re.IGNORECASE)
    ]


def broken(paths, check) -> dict[str, object]:
    return {str(path.relative_to(HOUSE)): found for path in paths if (found := check(path.read_text()))}


def test_pages_have_nothing_that_the_policy_blocks_or_that_compares_roles():
    assert len(PAGES) > 20
    assert broken(PAGES, forbidden) == {}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('<p style="color: red">', "an inline style"),
        ("<p\nonclick='go()'>", "an inline handler"),
        ("<script>go()</script>", "an inline script"),
        ("{{ words | safe }}", "text marked safe"),
        ("{% if 'manager' in user.roles %}", "a role compared"),
        ('<script src="/x.js"></script><p data-style="x">{# |safe #}', None),
    ],
)
def test_what_the_policy_blocks_would_be_found(text, what):
    assert forbidden(text) == ([what] if what else [])


def test_a_partial_says_first_what_it_is_given():
    partials = [page for page in PAGES if page.name.startswith("_")]
    assert broken(partials, lambda text: not re.match(r"\{#-?\s*\w.*?#\}", text, re.DOTALL)) == {}


def importance_and_ids(text: str) -> list[str]:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    selectors = re.findall(r"([^{};]+)\{", text)
    return [selector.strip() for selector in selectors if re.search(r"#[a-zA-Z]", selector)] + re.findall(
        r"!\s*important", text
    )


def test_styles_have_no_important_and_no_ids():
    assert len(STYLES) > 10
    assert broken(STYLES, importance_and_ids) == {}
    assert importance_and_ids("a{b:c} #x > p {d: #fff !important}") == ["#x > p", "!important"]


def test_scripts_run_no_text_as_code():
    assert len(SCRIPTS) > 5
    assert (
        broken(
            SCRIPTS, lambda text: re.findall(r"\beval\(|\bnew Function\(|\.innerHTML\s*\+?=|document\.write\(", text)
        )
        == {}
    )


def test_no_file_is_longer_than_a_person_reads():
    assert (
        broken([*MODULES.values(), *PAGES, *STYLES, *SCRIPTS], lambda text: max(0, len(text.splitlines()) - LONGEST))
        == {}
    )


def test_templates_styles_and_scripts_keep_to_120_letters_a_line():
    def too_long(text):
        return [line.strip() for line in text.splitlines() if len(line) > WIDEST]

    assert broken([*PAGES, *STYLES, *SCRIPTS], too_long) == {}


# what is derived of the tables is declared once


def derived_in(migration: str) -> list[str]:
    return re.findall(r"CREATE\s+(?:TEMP\s+)?(?:TRIGGER|VIEW|VIRTUAL)", migration, re.IGNORECASE)


def test_migrations_hold_tables_columns_indexes_and_data_alone():
    """Triggers, views, tallies and search tables are declared in schema/derived, which `migrate` makes anew."""
    assert broken(sorted((HOUSE / "schema" / "migrations").glob("*.py")), derived_in) == {}
    assert derived_in("create trigger x AFTER INSERT") == ["create trigger"]


# what is SQLite's own

SQLITES_OWN = re.compile(
    r"\bPRAGMA\b|\.pragma\(|sqlite_(?:master|schema|sequence)|json_each|json_extract|\browid\b|VACUUM|INSERT OR\b"
    r"|fts5|\bMATCH\b|"
    r"INDEXED BY|strftime\('%|fn\.(?:strftime|PRINTF|TOTAL|json_\w+)|\bsqlite3\b(?!\")|\bSQL\(\"\+\"\)|WHERE \+"
    r"|julianday|\bGLOB\b"
)
MAY_BE_SQLITES = {
    "carmanana.core.connection",  # how it is opened
    "carmanana.schema.at_once",
    "carmanana.schema.leftovers",  # how SQLite forgets
    "carmanana.schema.sqlite",
    "carmanana.schema.derived.search",  # a trigger's own dialect
    "carmanana.schema.derived.people",
    "carmanana.schema.derived.sales",
    "carmanana.schema.derived.stage_visits",
    "carmanana.worker",  # the queue of the jobs is another file
}


def sqlites_own(module: str) -> list[str]:
    return SQLITES_OWN.findall(MODULES[module].read_text())


def test_what_is_sqlites_own_stands_behind_names_that_another_database_could_answer():
    assert only_where(sqlites_own).keys() <= MAY_BE_SQLITES
    assert all(sqlites_own(module) for module in MAY_BE_SQLITES), "the list of what may is no longer than it must be"
