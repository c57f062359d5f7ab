"""The main pages in a narrow window, with wider text, in a low window, in a system's own colours and on paper."""

import re

import pytest

from tests.soaking import examples

from .test_pages import paths_for, world  # noqa: F401

SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { "
    "margin-block-end: 2em !important }"
)
SPACES = """([spaced, rules]) => {
  const sheet = document.querySelector('#spaced') ?? document.head.appendChild(Object.assign(document.createElement('style'), {id: 'spaced'}))
  sheet.textContent = spaced ? rules : ''
}"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CLIPPED = """() => [...document.querySelectorAll('button, .button, h1, h2, label, legend, dt, dd')].filter((one) => {
  const style = getComputedStyle(one)
  return one.checkVisibility() && one.clientWidth > 1 && style.overflowX !== 'auto' && style.overflow !== 'visible' && one.scrollWidth > one.clientWidth + 1 && style.textOverflow !== 'ellipsis'
}).map((one) => one.outerHTML.slice(0, 120))"""
BESIDE = """() => [...document.querySelectorAll('main .button, main h1, main h2, main label, main p, dialog .button')].filter((one) => {
  const box = one.getBoundingClientRect()
  return one.checkVisibility() && box.width > 1 && box.right > innerWidth + 1 && !one.closest('.board, .table-wrap, .list, .process, .tabs, .chips, .composer-kinds, .stage-switch, .desk-list, .bar-pages, .reports-scroll, .sr-only, [popover]')
}).map((one) => one.outerHTML.slice(0, 120))"""


def pages(who: str, world: dict) -> list[str]:  # noqa: F811
    case = world["case"]
    mine = paths_for(who, world)
    board = "/board/used-vehicle-orders"
    more = {
        "agent": [
            f"{board}/list",
            f"{board}/calendar",
            f"/deals/{world['won'].id}/cancellation",
            "/search?text=a",
            "/search/keys",
            "/leads",
            "/leads/new",
        ],
        "manager": [
            "/cancellations",
            f"/cancellations/{case.id}",
            f"/cancellations/{case.id}?decide=cancel",
            "/cancellations/hours",
            "/retention",
            "/promises",
            "/house",
            "/calling-rules",
        ],
    }
    return list(dict.fromkeys(mine + more.get(who, [])))


@pytest.fixture
def more(world, scene):  # noqa: F811
    return world | {"case": scene.request_in("contacted")}


WINDOWS = [(320, 256, False), (320, 640, False), (1440, 900, True), (320, 640, True), (1100, 700, False)]


def faults(page, spaced: bool) -> list[str]:
    wrong = [f"{page.evaluate(WIDER)} px too wide"] if page.evaluate(WIDER) > 1 else []
    wrong += [] if spaced else page.evaluate(CLIPPED)
    return (wrong or page.evaluate(BESIDE))[:3]


def show(page, window: tuple[int, int, bool]) -> None:
    width, height, spaced = window
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(SPACES, [spaced, SPACED])


SMALL = """() => [...document.querySelectorAll('button, .button, select, input:not([type=hidden], [type=checkbox], [type=radio]), textarea, nav a, .duty-who a, .lead-name, .list-open, .queue-name')].filter((one) => {
  const box = one.getBoundingClientRect()
  return one.checkVisibility() && box.width > 2 && box.height < 43 && !one.matches('.link') && !one.closest('.sr-only')
}).map((one) => one.outerHTML.slice(0, 120))"""
WRONG_KEYBOARD = """() => [...document.querySelectorAll('input:not([type]), input[type=text]')].filter((one) => one.checkVisibility()
  && (/phone/.test(one.name) || (/_cents$/.test(one.name) && one.inputMode !== 'decimal') || (/email/.test(one.name) && one.inputMode !== 'email')
  || (/year|minutes|days/.test(one.name) && one.inputMode !== 'numeric'))).map((one) => one.name)"""
LINKS = """() => [...document.querySelectorAll('a[href]')].filter((one) => one.origin === location.origin && !one.hasAttribute('download')
  && !/[.]|files/.test(one.pathname)).map((one) => one.pathname)"""


@pytest.mark.parametrize("who", ["agent", "manager", "retention", "cancellations", "compliance", "admin"])
def test_every_page_that_links_lead_to_is_for_thumbs(site, visitor, more, who):
    """At 320 px: one of each kind of page, as far as it is played."""
    page = visitor(who, bypass_csp=True).page
    page.set_viewport_size({"width": 320, "height": 640})
    ahead, seen, found = ["/today"], set(), {}
    while ahead and len(seen) < examples(5, 400):
        path = ahead.pop(0)
        kind = re.sub(r"\d+", "N", path)
        if kind in seen:
            continue
        seen.add(kind)
        page.goto(site + path)
        wide = page.evaluate(WIDER)
        wrong = ([f"{wide} px too wide"] if wide > 1 else []) + page.evaluate(SMALL) + page.evaluate(WRONG_KEYBOARD)
        found |= {path: wrong[:3]} if wrong else {}
        ahead += page.evaluate(LINKS)
    assert found == {}


@pytest.mark.parametrize("who", ["agent", "manager", "admin"])
def test_nothing_is_wider_than_its_window(chromium, site, visitor, more, who):
    """Each page, in `make test` every other one, is fetched in another one of the windows, and turned into the
    others."""
    page, found = visitor(who, bypass_csp=True).page, {}
    for number, path in enumerate(pages(who, more)[:: examples(2, 1)]):
        turn = number % len(WINDOWS)
        page.set_viewport_size(dict(zip(("width", "height"), WINDOWS[turn], strict=False)))
        page.goto(site + path)
        for window in WINDOWS[turn:] + WINDOWS[:turn]:
            show(page, window)
            if wrong := faults(page, window[2]):
                found[path, window] = wrong
    assert found == {}


def test_a_list_fits_on_paper(site, visitor, more):
    page = visitor("manager", bypass_csp=True).page
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    wide = {}
    for path in ("/people/", "/customers/", "/leads/", "/buyers/", "/calling-rules/"):
        page.goto(site + path)
        wide[path] = page.evaluate(WIDER)
    page.emulate_media(media="null")
    assert max(wide.values()) <= 1, wide


IN_EACH_OTHER = """() => {
  const parts = [...document.querySelectorAll('.bar-mark, .bar-pages, .bar .search > input, .bar .bar-new, .bar-gear, .bar-bell, .bar-me')]
    .filter((one) => one.checkVisibility()).map((one) => [one.className, one.getBoundingClientRect()])
  return parts.flatMap(([name, a], at) => parts.slice(at + 1).filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1).map(([other]) => `${name} ${other}`))
}"""


def test_nothing_in_the_bar_lies_on_anything_else(site, visitor, more):
    page, found = visitor("manager").page, {}
    page.goto(site + "/help/")
    for width in (720, 768, 900, 1024, 1159, 1160, 1240, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        found |= {width: wrong} if (wrong := page.evaluate(IN_EACH_OTHER)) else {}
    assert found == {}
