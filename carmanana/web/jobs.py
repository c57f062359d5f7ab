"""Long work as a page: how far it has come, asked for again and again until there is a report."""

from dataclasses import dataclass

from flask import render_template

from carmanana import sweeps
from carmanana.web.fragments import go, htmx


@dataclass(frozen=True)
class Course:
    """How a job stands: `stands` heads its panel, `unit` is one of what is settled, `counts` are words beside it,
    with a class for each. `poll` and `report` are addresses, `back` another with its words."""

    title: str
    about: str
    stands: str
    settled: int
    total: int
    unit: str
    counts: list[tuple[str, str]]
    poll: str
    report: str
    back: tuple[str, str]


def show_course(course: Course) -> str:
    return render_template("shared/progress.html", course=course, away=sweeps.worker_is_away())


def poll_course(course: Course, working: bool):
    """What the page asks for every second; where it has ended, or without scripts, the report."""
    if not htmx or not working:
        return go(course.report)
    return render_template("shared/_progress.html", course=course, away=sweeps.worker_is_away())
