"""Searching over HTTP: what is shown, to whom, that typing asks little of the database, and that no words break it."""

import pytest

from carmanana.blueprints.search.marking import marked
from carmanana.contacting.log import log
from carmanana.customers import contact
from carmanana.records.customers import Customer
from carmanana.schema.search_words import Words
from tests.counting import queries

from .routes import HTMX

SESSION = 1


def typed(browser, text: str):
    answer = browser.get("/search", query_string={"text": text}, headers=HTMX)
    assert answer.status_code == 200, text
    return answer


def test_as_one_types_a_list_without_the_page_comes_back(cast, visit):
    deal = cast.deal(cast.agent, vehicle_year=2022, vehicle_make="Lexus", vehicle_model="RX 350")
    log(deal, cast.agent, "note", "Maria likes the hybrid", subject="Background")
    answer = typed(visit("agent"), "mari")
    assert "<html" not in answer.text and answer.headers["Cache-Control"] == "private, no-store"
    assert "<mark>Marí</mark>a Fernanda" in answer.text and "<mark>Mari</mark>a likes" in answer.text
    assert f'href="/customers/{deal.customer_id}"' in answer.text and f'href="/deals/{deal.id}"' in answer.text
    assert answer.text.index("Customers") < answer.text.index("Deals") < answer.text.index("Activities")
    assert "Active" in answer.text and "Marta Sandoval" in answer.text and 'data-said="3 results"' in answer.text


def test_without_scripts_it_is_a_page_with_the_same_list(cast, visit):
    deal = cast.deal(cast.agent, vehicle_make="Lexus")
    page = visit("agent").get("/search?text=lexus").text
    assert "<html" in page and f'href="/deals/{deal.id}"' in page and 'value="lexus"' in page
    assert "Nothing found" in visit("agent").get("/search?text=nobody").text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("555 1000", "+1 305 <mark>555 1000</mark>"),
        ("(305) 55", "+1 <mark>305 55</mark>5 1000"),
        ("client1000@exa", "<mark>client1000</mark>@<mark>exa</mark>mple.com"),
    ],
)
def test_what_was_found_is_told_and_in_bold(cast, visit, text, shown):
    cast.client()
    assert shown in typed(visit("manager"), text).text


@pytest.mark.parametrize(
    ("told", "text", "bold"),
    [
        ("Ana Sanz, anaconda", "an ana", "<Ana> Sanz, <ana>conda"), ("o'brien x_yz", "bri yz o", "<o>'<bri>en x_<yz>"), ("Zoë Sanz", "zoe sa", "<Zoë> <Sa>nz"),
        ("Straße 12", "strasse 1", "<Straße> <1>2"), ("STRASSE 12", "straße 1", "<STRASSE> <1>2"), ("a.b (c)", ".( c", "a.b (<c>)"), ("Toyota", "", "Toyota"),
        ("Ana – Søren’s Łódź", "so lo s", "Ana – <Sø>ren’<s> <Łó>dź"), ("Zoë Яна", "zo ян", "<Zo>ë <Ян>а"),
    ],
)  # fmt: skip
def test_the_beginnings_of_words_are_told_apart_in_any_script(told, text, bold):
    assert "".join(f"<{piece}>" if found else piece for piece, found in marked(told, Words.read(text))) == bold


@pytest.mark.parametrize(
    ("who", "text", "may"),
    [
        ("agent", "new deal", True), ("agent", "deal", True), ("compliance", "new deal", False), ("agent", "special", True), ("agent", "go to special sour", True),
        ("agent", "customer cancellations", False), ("agent", "reports cancellations", True), ("manager", "cancellations", True), ("admin", "stages", False), ("admin", "pipelines", True), ("agent", "pipelines", False),
        ("agent", "settings", True), ("agent", "go to", False), ("agent", "ne", False),
    ],
)  # fmt: skip
def test_actions_are_offered_to_those_who_may(cast, visit, who, text, may):
    assert ("Actions" in typed(visit(who), text).text) == may


def test_the_first_action_opens_a_dialog(cast, visit):
    assert (
        'href="/deals/new"' in (text := typed(visit("agent"), "new").text)
        and 'hx-get="/deals/new" hx-target="#dialog"' in text
    )


def test_somebody_elses_is_not_there_and_not_counted(cast, visit):
    theirs = cast.deal(cast.agent2, vehicle_make="Lexus")
    Customer.update(owner=cast.agent2).where(Customer.id == theirs.customer_id).execute()
    log(theirs, cast.agent2, "note", "Likes the hybrid")
    browser = visit("agent")
    nobody = typed(browser, "zzzzz").text
    for text in ("maria", "lexus", "hybrid", "555 1000", "client1000"):
        assert typed(browser, text).text.replace(text, "zzzzz") == nobody, text


@pytest.mark.parametrize("text", ["maria", "lexus rx", "555 10", "2022", "new deal", "zzzz", ""])
def test_typing_asks_the_same_few_queries_however_much_is_found(cast, visit, text):
    browser = visit("manager")
    typed(browser, text)
    with queries() as few:
        typed(browser, text)
    for _ in range(12):
        log(
            cast.deal(cast.agent, vehicle_year=2022, vehicle_make="Lexus", vehicle_model="RX 350"),
            cast.agent,
            "note",
            "Maria",
        )
    with queries() as many:
        typed(browser, text)
    assert len(few) == len(many) <= 4, "\n".join(many)


def test_words_of_a_client_stay_words(cast, visit):
    contact.enter(cast.manager, '<script>alert(1)</script><b hx-get="/x">', [], [])
    for text in ("script", "alert", '"><img src=x>'):
        page = typed(visit("manager"), text).text
        assert "<script>" not in page and "<b hx-get" not in page and "<img" not in page


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "*",
        "NEAR(a, b)",
        "told:",
        "a OR",
        "x" * 10_000,
        "\x00ana\x00",
        "%",
        "'; DROP TABLE deal",
        "½①",
        "\ufffd",
        "a " * 5000,
    ],
)
def test_odd_words_are_answered(cast, visit, text):
    typed(visit("agent"), text)
    assert visit("agent").get("/search", query_string={"text": text}).status_code == 200


def test_the_bar_has_the_field_and_the_phone_its_entry(cast, visit):
    browser = visit("agent")
    page = browser.get("/customers/").text
    assert page.count('role="combobox"') == 1 and '<a href="/search"' in page and "Name, phone, vehicle" in page
    assert browser.get("/search").text.count('role="combobox"') == 1


def test_the_keys_are_listed_in_a_dialog_and_on_a_page(cast, visit):
    browser = visit("agent")
    dialog = browser.get("/search/keys", headers=HTMX).text
    assert 'hx-target="#dialog"' in dialog and "Search and jump" in dialog
    assert "Search and jump" in browser.get("/search/keys").text


def test_a_page_that_is_opened_says_so_to_the_browser(cast, visit):
    deal = cast.deal(cast.agent, vehicle_make="Lexus")
    assert (
        'data-opened="deal" data-name="María Fernanda Gutiérrez-Villaseñor" data-told="Lexus"'
        in visit("agent").get(f"/deals/{deal.id}").text
    )
    assert 'data-opened="client"' in visit("agent").get(f"/customers/{deal.customer_id}").text
