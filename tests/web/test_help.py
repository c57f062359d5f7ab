"""Help: every line that is cited stands in a page, every machine is drawn, and the first steps are shown once."""

import ast
import html
import importlib
import pkgutil
import re
import tomllib

import carmanana
from carmanana.blueprints.help.diagram import HIGH, WIDE, draw
from carmanana.blueprints.help.machines import MACHINES
from carmanana.blueprints.today.first_visit import STEPS
from carmanana.config import ROOT
from carmanana.core.workflow import Workflow
from carmanana.records.compliance import SOP_OF
from carmanana.records.first_visits import FirstVisit
from carmanana.records.people import ROLES, User
from carmanana.web.sops import line_of, sops

REFUSING = {"Refusal": 2, "Wording": 2, "words": 2, "ahead": 2, "one_of": 3, "no_response": 1}
WHO = ("agent", "manager", "retention", "cancellations", "compliance", "admin")


def every_module():
    found = pkgutil.walk_packages(carmanana.__path__, "carmanana.")
    return [
        importlib.import_module(each.name)
        for each in found
        if ".migrations." not in each.name and "__main__" not in each.name
    ]


def cited_in(source: str) -> set[str]:
    """What constants named SOP… hold, and the words that stand where a refusal cites."""
    words = set()
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Assign)
            and "SOP" in ast.unparse(node.targets[0])
            and "LONGEST" not in ast.unparse(node)
        ):
            words |= strings(node.value)
        if isinstance(node, ast.Call) and (place := REFUSING.get(ast.unparse(node.func).split(".")[-1])):
            given = [*node.args[place : place + 1], *(k.value for k in node.keywords if k.arg == "sop")]
            words |= {word for one in given for word in strings(one)}
    return words


def strings(node: ast.AST) -> set[str]:
    whole = node.elts if isinstance(node, ast.Tuple) else [node]
    return {one.value for one in whole if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value}


def in_reference() -> set[str]:
    rows = [
        row
        for name in ("scripts", "lead_scripts")
        for row in tomllib.loads((ROOT / "data/reference" / f"{name}.toml").read_text("utf-8"))["script"]
    ]
    return {row["sop"] for row in rows if row.get("sop") and not re.search(r"Stat\.|RCW", row["sop"])}


def test_whatever_is_cited_leads_to_a_section():
    cited = {word for path in (ROOT / "carmanana").rglob("*.py") for word in cited_in(path.read_text("utf-8"))}
    cited |= in_reference() | set(SOP_OF.values())
    assert len(cited) > 25
    assert {word for word in cited if line_of(word) is None} == set()
    assert line_of("RCW 80.36.390") is None and line_of("Cancellation SOP, step 9") is None
    assert cited_in('Refusal("a", "Not now.", "Cancellation SOP, step 9")') == {"Cancellation SOP, step 9"}


def test_every_sop_is_a_page_with_its_sections_for_everybody(visit):
    for who in WHO:
        contents = visit(who).get("/help/").text
        assert all(f"/help/sop/{slug}" in contents for slug in sops()) and "/search/keys" in contents
    browser = visit("retention")
    for slug, sop in sops().items():
        page = browser.get(f"/help/sop/{slug}").text
        anchors = [section.anchor for section in sop.sections]
        assert len(set(anchors)) == len(anchors) and all(f'id="{anchor}"' in page for anchor in anchors)
        assert all(page.count(f'href="#{anchor}"') == 1 for anchor in anchors)
        assert all(section.blocks for section in sop.sections)
    page = html.unescape(browser.get("/help/sop/cancellation").text)
    assert "I can’t confirm any refund details on this call." in page and "**" not in page
    assert browser.get("/help/sop/nothing").status_code == 404
    assert browser.get("/help/steps/nothing").status_code == 404


def test_a_refusal_leads_to_its_line(visit, cast):
    deal = cast.deal(cast.agent, "live")
    answer = visit("agent").post(f"/deals/{deal.id}/hold", data={"version": deal.version, "reason": "Later"})
    assert answer.status_code == 422
    assert 'href="/help/sop/lead-and-deal#section-d"' in answer.text


def test_every_machine_of_the_house_is_drawn_from_its_table(visit):
    held = {id(one): one for module in every_module() for one in vars(module).values() if isinstance(one, Workflow)}
    assert held.keys() == {id(known.workflow) for known in MACHINES.values()} and len(held) > 10
    browser, lacking = visit("agent"), []
    for known in MACHINES.values():
        page = browser.get(f"/help/steps/{known.slug}")
        assert page.status_code == 200
        drawn = html.unescape(page.text.split('<svg class="diagram-of"')[1].split("</svg>")[0])
        told = html.unescape(page.text)
        lacking += [(known.slug, word) for name in known.states.values() for word in name.split() if word not in drawn]
        lacking += [
            (known.slug, t)
            for t in known.workflow.table.values()
            if t.source not in known.states or t.dest not in known.states
        ]
        lacking += [(known.slug, step) for step in known.steps if step.name not in told]
    assert lacking == []


def test_no_two_states_are_drawn_on_one_another():
    for known in MACHINES.values():
        ways = list(known.ways())
        drawing = draw(known.states, ways)
        places = {(box.x, box.y) for box in drawing.boxes}
        assert {box.state for box in drawing.boxes} == known.states.keys() and len(places) == len(known.states)
        assert all(0 <= x <= drawing.width - WIDE and 0 <= y <= drawing.height - HIGH for x, y in places), known.slug
        assert len(drawing.arrows) == len(ways)


def test_each_role_has_its_first_steps_and_every_one_of_them_opens(visit, app):
    assert STEPS.keys() == ROLES.keys() and all(3 <= len(steps) <= 5 for steps in STEPS.values())
    for who in WHO:
        browser = visit(who)
        panel = browser.get("/today").text.split('class="panel first-visit"')[1].split("</section>")[0]
        for address in re.findall(r'<a class="link" href="([^"]+)"', panel):
            assert browser.get(address, follow_redirects=True).status_code == 200, (who, address)


def test_first_steps_are_put_away_for_good_and_a_new_role_brings_its_own(visit, cast):
    browser = visit("agent")
    assert "Your first steps" in browser.get("/today").text
    for _ in range(2):
        assert browser.post("/help/first-visit").status_code == 303
    assert "Your first steps" not in browser.get("/today").text
    assert FirstVisit.select().where(FirstVisit.user == cast.agent).count() == 1
    assert "Your first steps" in visit("manager").get("/today").text
    User.update(roles={"agent", "retention"}).where(User.id == cast.agent.id).execute()
    page = browser.get("/today").text
    assert "Open your desk" in page and "Call your leads" not in page
