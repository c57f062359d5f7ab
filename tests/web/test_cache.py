"""What is kept drawn: how much memory it takes, and that nobody is shown what was drawn for another."""

import ast
from pathlib import Path

import pytest
from jinja2 import meta, nodes

from carmanana.blueprints.deals.columns import Drawn, DrawnBoard, DrawnCard
from carmanana.boards.cache import size_of_board
from carmanana.core.cache import CACHES, Cache

HOUSE = Path(__file__).parent.parent.parent / "carmanana"
EVERYTHING = "everything"
ROLES = {"works_deals", "roles", "is_manager"}
# what is kept drawn, and what of who looks is part of its key (Sight.scope, or the key that `piece` is given)
CACHED = {
    "buyers/_cells.html": {"works_deals", "sight"},
    "buyers/_match_form.html": set(),
    "buyers/_match_row.html": set(),
    "boards/_card.html": set(),
    "boards/_dock_row.html": set(),
    "boards/_cards_more.html": set(),
    "boards/_dock_more.html": set(),
    "boards/_board.html": ROLES | {"sees_all"},
    "boards/_head.html": ROLES,
    "boards/_stage_head.html": set(),
    "boards/_dock_head.html": ROLES | {"timezone"},
    "boards/_owners.html": set(),
    "boards/_stage_switch.html": ROLES,
    "boards/_bulk_bar.html": ROLES,
    "boards/_filters.html": ROLES,
    "shared/_list_filters.html": set(),
    "leads/_board_head.html": set(),
    "leads/_board_dock_head.html": set(),
    "leads/_board_more.html": set(),
    "leads/_board_dock_more.html": set(),
    "shared/_bar.html": ROLES | {"id", "name", "email", "theme", "avatar"},
    "shared/_bottom.html": ROLES | {"id", "name", "email", "theme", "avatar"},
}
PIECES = {
    "bar",
    "bottom",
    "head_of",
    "_filters",
    "_around",
    "columns_of",
    "_form_drawn",
    "_kept_piece",
    "list_filters",
    "blank",
    "kept",
}  # the functions that keep parts of pages
WHO_LOOKS = ("current_user", "me", "session", "g")


def read_of_who_looks(env, name: str) -> set[str]:
    """The attributes that a template, and those that it includes, read of whoever looks; "everything" where it hands
    them on."""
    tree = env.parse(env.loader.get_source(env, name)[0])
    read = {node.attr for node in tree.find_all(nodes.Getattr) if is_who_looks(node.node)}
    whole = sum(map(is_who_looks, tree.find_all(nodes.Name)))
    passed = whole - sum(is_who_looks(node.node) for node in tree.find_all(nodes.Getattr))
    avatars = sum(
        any(map(is_who_looks, call.args))
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Getattr) and call.node.attr == "avatar"
    )
    read |= {"avatar"} if avatars else set()
    read |= {EVERYTHING} if passed > avatars else set()
    return read.union(*(read_of_who_looks(env, other) for other in meta.find_referenced_templates(tree) if other))


def is_who_looks(node) -> bool:
    return isinstance(node, nodes.Name) and node.name in WHO_LOOKS


@pytest.mark.parametrize("name", CACHED)
def test_a_cached_template_reads_nothing_of_who_looks_but_what_its_key_holds(app, name):
    assert read_of_who_looks(app.jinja_env, name) <= CACHED[name]


def test_the_macros_of_all_pages_do_not_know_who_looks(app):
    assert read_of_who_looks(app.jinja_env, "shared/ui.html") == set()


def test_who_looks_would_be_found(app, monkeypatch):
    texts = {
        "one": "{% include 'two' %}{{ current_user.works_deals }}",
        "two": "{{ ui.avatar(current_user) }}{{ current_user.phone }}{{ card(me) }}",
    }
    monkeypatch.setattr(app.jinja_env.loader, "get_source", lambda env, name: (texts[name], None, None))
    assert read_of_who_looks(app.jinja_env, "one") == {"works_deals", "avatar", "phone", EVERYTHING}


def test_every_part_of_a_page_that_is_kept_is_among_these():
    caching = {
        function.name
        for path in HOUSE.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef) and calls_piece(function)
    }
    assert caching == PIECES


def calls_piece(function: ast.FunctionDef) -> bool:
    return any(isinstance(call, ast.Call) and getattr(call.func, "id", "") == "piece" for call in ast.walk(function))


# memory


def test_a_cache_stays_within_its_bytes_and_forgets_what_was_longest_without_use():
    cache = Cache(1, len, key_size=0)
    for number in range(4):
        cache.put(number, "x" * 300_000)
        cache.get(0)
    assert list(cache.kept) == [2, 3, 0]
    assert cache.bytes == 900_000
    cache.put(0, "y")
    assert cache.bytes == 600_001 and cache.get(0) == "y"
    cache.clear()
    assert cache.bytes == 0 and not cache.kept
    CACHES.remove(cache)


def test_a_board_weighs_what_its_columns_do():
    card = DrawnCard(None, b"c" * 9000)
    small, large = DrawnBoard(columns={"a": Drawn()}), DrawnBoard(columns={"a": Drawn(head="h" * 1000, cards=(card,))})
    assert 10_000 < size_of_board(large) - size_of_board(small) < 12_000


def test_what_is_larger_than_its_cache_is_not_kept():
    cache = Cache(1, len, key_size=0)
    assert cache.put("big", "x" * 2_000_000) and cache.get("big") is None and cache.bytes == 0
    CACHES.remove(cache)


def test_all_caches_together_have_a_budget():
    """Of the 350 MB that two processes and the worker may take (quality.md 25)."""
    assert sum(cache.most for cache in CACHES) <= 60 * 1024 * 1024
