"""Every page of the application."""

from . import activities, boards, customers, deals, files, health, home, importing, notifications, people, pipelines, signing

ALL = [
    module.blueprint
    for module in (activities, boards, customers, deals, files, health, home, importing, notifications, people, pipelines, signing)
]
