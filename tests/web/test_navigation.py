"""Where things are: who finds which pages in the bar, their tabs, and administration behind the gear."""

import re

import pytest

BARS = {
    "agent": ["Today", "Leads", "Deals", "Customers", "Promises", "Reports"],
    "manager": ["Today", "Leads", "Deals", "Customers", "Cancellations", "Team", "Reports"],
    "retention": ["Today", "Customers", "Cancellations"],
    "compliance": ["Today", "Deals", "Customers", "Cancellations", "Team", "Reports"],
    "admin": ["Today", "Deals", "Customers", "Cancellations", "Team", "Reports"],
}
GEARS = {
    "agent": [],
    "manager": [
        "Scripts",
        "Business hours",
        "Calling rules",
        "Rights to cancel",
        "Inquiries",
        "Escalation",
        "Imports",
        "Audit",
        "House settings",
    ],
    "admin": [
        "Pipelines",
        "Scripts",
        "Business hours",
        "Calling rules",
        "Rights to cancel",
        "Inquiries",
        "Escalation",
        "Imports",
        "Second factor",
        "Customer cancellation",
        "Audit",
        "Privacy",
        "House settings",
    ],
    "compliance": ["Calling rules", "Rights to cancel", "Audit"],
}


def links(page: str, start: str, end: str) -> list[tuple[str, str]]:
    part = page.split(start)[1].split(end)[0] if start in page else ""
    found = re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', part, re.DOTALL)
    return [
        (address, re.sub(r"<svg.*?</svg>|<span.*?</span>(?:</span>)?", "", words).strip()) for address, words in found
    ]


@pytest.mark.parametrize("who", BARS)
def test_the_bar_holds_what_a_role_needs_and_every_page_of_it_opens(visit, who):
    browser = visit(who)
    page = browser.get("/customers/").text
    bar = links(page, '<nav class="bar-pages"', "</nav>")
    assert [name for _, name in bar] == BARS[who]
    for address, name in bar:
        opened = browser.get(address, follow_redirects=True)
        current = re.search(r'aria-current="page">([^<]+)', opened.text.split('class="bar-pages"')[1])[1]
        assert opened.status_code == 200 and current == name


def test_a_page_of_the_bar_is_found_by_its_name(visit):
    found = {
        (who, name): visit(who).get(f"/{name}").headers.get("Location")
        for who in ("agent", "manager", "compliance")
        for name in ("deals", "team", "reports")
    }
    assert {place for (who, name), place in found.items() if name == "deals"} == {"/board/"}
    assert {place for (who, name), place in found.items() if name == "reports"} == {"/reports/pipeline"}
    assert found["agent", "team"] is None and visit("agent").get("/team").status_code == 404
    assert (found["manager", "team"], found["compliance", "team"]) == ("/people/", "/team/check-ins")


@pytest.mark.parametrize("who", GEARS)
def test_administration_is_behind_the_gear(visit, who):
    browser = visit(who)
    gear = links(browser.get("/customers/").text, 'id="gear"', "</div>")
    assert [name for _, name in gear] == GEARS[who]
    for address, name in gear:
        opened = browser.get(address).text
        assert f"<title>{name} · CarManana</title>" in opened


@pytest.mark.parametrize(
    "who, page, tabs",
    [
        (
            "manager",
            "/cancellations",
            ["Queue", "Customer cancellations", "Retention desk", "Promises", "Money owed", "Stories"],
        ),
        ("retention", "/retention", ["Retention desk", "Promises", "Stories"]),
        ("compliance", "/promises/owed", ["Queue", "Customer cancellations", "Money owed"]),
        ("agent", "/promises", []),
        (
            "manager",
            "/people/",
            ["People", "Check-ins", "Nothing stuck", "Call review", "Findings", "Consequences", "Trends"],
        ),
        (
            "compliance",
            "/findings/",
            ["Check-ins", "Nothing stuck", "Call review", "Findings", "Consequences", "Trends"],
        ),
        ("manager", "/phrases/", ["Scripts", "Wording check", "Email templates"]),
        ("admin", "/scripts/", ["Scripts", "Wording check"]),
        (
            "manager",
            "/customers/",
            [
                "Customers",
                "Buyers list",
                "Match a vehicle",
                "Quotations",
                "Sales orders",
                "Assets",
                "Cases",
                "Expiries",
                "Possible duplicates",
            ],
        ),
    ],
)
def test_a_page_has_its_tabs_and_each_opens_with_its_name_as_its_title(visit, who, page, tabs):
    browser = visit(who)
    found = links(browser.get(page).text, '<nav class="tabs page-tabs"', "</nav>")
    assert [name for _, name in found] == tabs
    for address, name in found:
        opened = browser.get(address).text
        title = {"Queue": "Cancellations"}.get(name, name)
        assert f"<title>{title} · CarManana</title>" in opened, (address, name)
        assert re.search(rf'aria-current="page">{name}', opened.split("page-tabs")[1])


def test_a_phone_has_three_pages_search_and_more(visit):
    page = visit("manager").get("/customers/").text
    bottom = links(page, '<nav class="bottom"', "</nav>")
    assert [name for _, name in bottom] == ["Today", "Dial", "Deals", "Search"]
    more = [name for _, name in links(page, 'id="more"', "</div>")]
    assert more[:7] == BARS["manager"] and "Notifications" in more and "Imports" in more
