"""Every page of the application."""

from . import (
    activities,
    boards,
    cancellations,
    customers,
    deals,
    files,
    health,
    home,
    importing,
    letters,
    notifications,
    people,
    pipelines,
    playbook,
    promises,
    reports,
    retention,
    scripts,
    search,
    signing,
    stories,
    twins,
)

ALL = [
    module.blueprint
    for module in (activities, boards, cancellations, customers, deals, files, health, home, importing, letters, notifications, people, pipelines, playbook, promises, reports, retention, scripts, search, signing, stories, twins)
]
