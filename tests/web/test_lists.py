"""What every list answers in the same way: chips, search, order, the next rows, a file, and junk."""

import csv
import re

import pytest

from carmanana.records.cancellations import CancellationRequest
from carmanana.records.notifications import Notification
from carmanana.records.people import User

LISTS = [
    "people",
    "imports",
    "notifications",
    "promises",
    "promises/owed",
    "letters",
    "findings",
    "bulk",
    "stories",
    "buyers",
    "match/vehicles",
]
JUNK = "show=%00&group=x&standing=%27&sort=x&down=x&after=99999999999999&columns=x,y&text=%25%27&state=x&kind=x"


def path(name: str) -> str:
    return f"/{name}" if name.startswith(("promises", "stories", "letters", "cancellations")) else f"/{name}/"


@pytest.mark.parametrize("name", [*LISTS, "cancellations", "customers"])
def test_each_list_is_a_page_a_fragment_and_a_file_and_takes_junk(visit, name):
    manager = visit("manager")
    assert "<html" in manager.get(path(name)).text
    part = manager.get(path(name), headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert manager.get(f"{path(name)}?{JUNK}").status_code == 200
    assert manager.get(f"{path(name)}?after=x").status_code == 200
    file = manager.get(f"{path(name)}?format=csv")
    assert file.mimetype == "text/csv" and len(next(csv.reader(file.text.splitlines()))) >= 2


def test_people_are_found_sorted_and_narrowed_to_a_role(visit, cast):
    manager = visit("manager")
    found = manager.get("/people/?text=okafor").text.split('id="list"')[1]
    assert "Thabo Okafor" in found and "Marta Sandoval" not in found
    members = manager.get("/people/?role=retention").text.split('id="list"')[1]
    assert cast.retention.name in members and "Thabo Okafor" not in members
    turned = manager.get("/people/?sort=person&down=1").text.split("<tbody>")[1]
    assert turned.index("Thabo Okafor") < turned.index("Ingrid Dahl")
    lines = list(csv.reader(manager.get("/people/?format=csv&columns=roles").text.splitlines()))
    assert lines[0] == ["\ufeffName", "Roles"] and ["Thabo Okafor", "Agent"] in lines


def test_the_next_rows_follow_the_last_in_every_order(visit, cast):
    for number in range(120):
        User.create(email=f"p{number}@x.example", name=f"Twin {number % 7}", roles={"agent"})
    for order in ("", "?sort=person&down=1"):
        manager, address, seen = visit("manager"), f"/people/{order}", []
        while address:
            page = manager.get(address, headers={"HX-Request": "true"}).text
            seen += re.findall(r'<tr id="people-([0-9]+)"', page)
            more = re.search(r'hx-get="([^"]+after=[^"]+)"', page)
            address = more and more[1].replace("&amp;", "&")
        assert len(seen) == len(set(seen)) == User.select().where(~User.house).count()


def test_a_chip_counts_and_keeps_the_search(visit, cast):
    for number in range(3):
        Notification.create(user=cast.agent, text=f"Deal {number}")
    Notification.mark_all_read(cast.agent)
    Notification.create(user=cast.agent, text="Deal 4")
    agent = visit("agent")
    page = agent.get("/notifications/?text=Deal").text
    assert (
        'New <b aria-hidden="true">1</b>' in " ".join(page.split()) and "4 notifications" in page and "show=new" in page
    )
    only = agent.get("/notifications/?text=Deal&show=new").text.split('id="list"')[1]
    assert "Deal 4" in only and "Deal 2" not in only
    assert "No notification matches" in agent.get("/notifications/?text=nothing").text


def test_the_queue_keeps_its_order_from_page_to_page(visit, cast):
    for state in ("contacted", "requested", "retention") * 16:
        cast.request_in(state)
    manager = visit("manager")
    first = manager.get("/cancellations?show=all").text
    more = re.search(r'hx-get="([^"]+after=[^"]+)"', first)[1].replace("&amp;", "&")
    second = manager.get(more, headers={"HX-Request": "true"}).text
    numbers = [
        int(n) for page in (first, second) for n in re.findall(r'queue-name" href="/cancellations/([0-9]+)', page)
    ]
    states = [CancellationRequest.get_by_id(number).state for number in numbers]
    assert states == ["requested"] * 16 + ["contacted"] * 16 + ["retention"] * 16
