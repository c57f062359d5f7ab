"""The case of a row. What a case may not be without is said to be missing in the file."""

from datetime import datetime

from carmanana.cases import sla
from carmanana.cases.lifecycle import casework
from carmanana.core import clock
from carmanana.importing.cells.moments import moment
from carmanana.importing.choices import NOBODY, Choices
from carmanana.importing.columns import DETAIL
from carmanana.importing.entries import Cells, Entry
from carmanana.records.customer_cases import (
    CLOSED,
    COMPLETED,
    DUPLICATE,
    NEW,
    NORMAL,
    OPENED,
    WAITING,
    CustomerCase,
)
from carmanana.records.people import User

LONGEST_SUBJECT, LONGEST = 160, 20_000
NOT_SAID_WHY = "Brought in by an import; the file does not say for what."
NOT_SAID_HOW = "Brought in by an import; the file does not say how it ended."


class CaseReading:
    def __init__(self, terms, choices: Choices, by: User | None, zone: str):
        self.terms, self.people, self.by, self.zone = terms, choices.case_workers, by, zone

    def read(self, entry: Entry, cells: Cells) -> None:
        state, _, waiting_on = self._state(cells).partition(":")
        opened = self._moment(cells, "case_opened") or clock.now()
        case = CustomerCase(
            subject=cells.words("case_subject", LONGEST_SUBJECT),
            details=self._details(entry, cells),
            external_id=cells.words("case_reference"),
            state=state,
            priority=cells.choice("case_priority") or NORMAL,
            came_by=cells.choice("case_came_by"),
            assignee=self._assignee(cells),
            opened_by=self.by,
            opened_at=opened,
            created_at=opened,
            state_since=opened,
        )
        if state == WAITING:
            case.waiting_on, case.waiting_for = waiting_on, cells.words("case_waiting_for", 200) or NOT_SAID_WHY
        self._end(case, cells) if state in CLOSED else self._set_clock(case, cells)
        entry.record, entry.original = case, cells.words("case_original") if state == DUPLICATE else ""
        self._hold_to_rules(entry, case)

    def _state(self, cells: Cells) -> str:
        """Of a row that names none: completed where it was closed, new where nobody has it."""
        unsaid = COMPLETED if cells.all("case_closed") else OPENED if cells.all("case_assignee") else NEW
        return cells.choice("case_state") or unsaid

    def _details(self, entry: Entry, cells: Cells) -> str:
        words = [text.strip() for _, text, _ in cells.all("case_details")]
        told = "\n".join([*words, *entry.details, *cells.as_details(DETAIL)])
        if len(told) > LONGEST:
            entry.refuse("details", f"The row holds more than {LONGEST:,} characters for the case’s details.")
        return told

    def _assignee(self, cells: Cells) -> User | None:
        chosen = cells.choice("case_assignee")
        return None if chosen in ("", NOBODY) else self.people.get(chosen)

    def _moment(self, cells: Cells, key: str) -> datetime | None:
        for _, _, place in cells.all(key)[:1]:
            return cells.read(key, moment, self.terms.order(place), self.zone)
        return None

    def _end(self, case: CustomerCase, cells: Cells) -> None:
        case.closed_at = case.state_since = self._moment(cells, "case_closed") or case.opened_at
        case.closed_by, case.minutes_left = self.by, 0
        words = "\n".join(text.strip() for _, text, _ in cells.all("case_resolution"))
        case.resolution = words or (NOT_SAID_HOW if case.state != DUPLICATE else "")
        if case.closed_at < case.opened_at or case.closed_at > clock.now():
            cells.entry.refuse("date", "It was closed before it was opened, or will be.")

    def _set_clock(self, case: CustomerCase, cells: Cells) -> None:
        """Due as the file says; else with all the time of its priority from now on."""
        due, running = self._moment(cells, "case_due"), sla.begin(case, clock.now())
        if case.clock_stands:
            case.minutes_left = sla.minutes_of(case.priority)
        else:
            case.due_at = due or running["due_at"]

    def _hold_to_rules(self, entry: Entry, case: CustomerCase) -> None:
        if case.opened_at > clock.now():
            entry.refuse("date", "It is opened in the future.")
        if case.state == DUPLICATE and not entry.original:
            entry.refuse("original", "A duplicate needs the reference of the case that it repeats.")
        for refusal in casework.objections(case, self.by, beside=case.__data__):
            entry.refuse(refusal.code, refusal.sentence)
