"""Every page, as each who may see it, in both themes and both widths: nothing for axe to find, nothing on the console,
nothing wider than the window. In `make test` every other page is at a desktop, the rest on a phone."""

import pytest

from carmanana.contacting.attachments import attach, keep
from carmanana.contacting.log import log
from carmanana.deals import ownership
from carmanana.records.deal_codes import ORGANIC
from tests.soaking import SOAK
from tests.web.test_files import MAIL, PNG, WAV

STATES = ("active", "on_hold", "won", "lost", "cancellation_requested", "cancelled_by_client")


@pytest.fixture
def world(scene):
    """A deal in every state, one with files, one without an owner, one flagged, a long name, a late step."""
    deals = {state: scene.in_state(state) for state in STATES}
    deals["unowned"] = scene.deal(None, ORGANIC)
    rich = scene.assessed(
        scene.deal(
            scene.agent,
            value_cents=3_890_000,
            vehicle_year=2022,
            vehicle_make="Hyundai",
            vehicle_model="Santa Fe Calligraphy",
        )
    )
    call = scene.called(rich)
    attach(
        call,
        [
            keep("call.wav", WAV),
            keep("reply.eml", MAIL),
            keep("a very long name of a picture that goes on and on.png", PNG),
        ],
        scene.agent,
    )
    log(rich, scene.agent, "note", "Family of five, the third row must be usable", subject="Background")
    deals["rich"] = ownership.flag(rich, "Is this the same customer twice?", scene.agent)
    return deals


def paths_for(who: str, world: dict) -> list[str]:
    rich, customer = world["rich"].id, world["rich"].customer_id
    common = [
        "/board/used-vehicle-orders",
        "/board/used-vehicle-orders?open=won",
        "/board/special-sourcing",
        "/customers",
        "/notifications",
        "/me",
    ]
    deals = [f"/deals/{deal.id}" for deal in world.values()]
    steps = (
        "move",
        "hold",
        "win",
        "loss",
        "readiness",
        "transfer",
        "flag",
        "edit",
        "needs",
        "payments",
        "activities/new",
        "steps/new",
    )
    work = [f"/deals/{rich}/{step}" for step in steps] + [
        f"/customers/{customer}",
        f"/customers/{customer}/edit",
        "/deals/new",
    ]
    return {
        "agent": common + deals + work,
        "manager": [
            common[0],
            f"/deals/{rich}",
            f"/deals/{rich}/owner",
            f"/deals/{world['lost'].id}/reopening",
            "/people",
            "/reports/sop",
            "/reports/cancellations",
        ],
        "admin": ["/people", "/people/new", "/people/4", "/people/4/hand-over", "/pipelines", "/imports"],
        "retention": [common[0], "/customers"],
        "cancellations": ["/customers"],
        "compliance": [common[0], f"/deals/{rich}", "/reports/cancellations"],
    }[who]


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("who", ["agent", "manager", "admin", "retention", "cancellations", "compliance"])
def test_every_page_is_sound(visitor, world, who, phone):
    one, found, paths = visitor(who, phone=phone), {}, paths_for(who, world)
    for path in paths if SOAK else paths[phone::2] or paths:
        for fault in one.go(path).faults():
            found.setdefault(fault, path)
    assert not found, "\n".join(f"{path}: {fault}" for fault, path in found.items())


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_pages_before_signing_in_are_sound(visitor, site, phone):
    one = visitor(phone=phone)
    for path in ("/sign-in", "/password/forgotten", "/password/spent", "/nowhere"):
        assert one.go(path).faults() == [], path


@pytest.mark.parametrize("phone", [False, True])
def test_dialogs_menus_and_refusals_are_sound(visitor, world, phone):
    one = visitor("agent", phone=phone)
    page = one.go(f"/deals/{world['rich'].id}").page
    for name in ("Win…", "Mark as lost…"):
        page.get_by_role("link", name=name).click()
        page.get_by_role("dialog").wait_for()
        assert one.faults() == [], name
        with page.expect_response(lambda answer: answer.status == 422):
            page.get_by_role("dialog").locator(".button.primary").click()
        page.get_by_role("dialog").locator("[role=alert], .field-error").first.wait_for()
        assert one.faults() == [], name
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="hidden")
    page.get_by_role("button", name="More", exact=True).first.click()
    page.get_by_role("link", name="Move to…").wait_for()
    assert [fault for fault in one.faults() if "target-size" not in fault] == []
