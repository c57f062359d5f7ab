"""The keys that do something, as the list behind `?` shows them."""

from carmanana.deals.verbs import VERBS

KEYS = [
    (
        "Anywhere",
        [("/", "Search and jump"), ("Ctrl K", "Search and jump"), ("?", "This list"), ("Esc", "Close what is open")],
    ),
    (
        "On the board",
        [
            ("↑ ↓", "The card above or below"),
            ("← →", "The nearest card in the next column"),
            ("Enter", "Open the deal"),
            *((verb.key.upper(), verb.key_says) for verb in VERBS if verb.key),
            ("A", "Log an activity"),
            ("E", "Edit the order"),
            ("Z", "Undo the last step of yours, for a day"),
            ("N", "New deal"),
        ],
    ),
    (
        "Selecting several deals",
        [
            ("X", "Select the card, or not"),
            ("Shift X", "Select its whole column"),
            ("Ctrl click", "Select a card, or not"),
            ("Shift click", "Select from the last one to this"),
            ("B", "Go to the actions for what is selected; Esc goes back"),
            ("Esc", "Select nothing"),
        ],
    ),
    ("In the list", [("Enter", "Change the cell, or save it"), ("Esc", "Leave the cell as it was")]),
    ("On a deal", [("J", "Next deal of the list or column one came from"), ("K", "The one before")]),
    (
        "In the calendar",
        [
            ("↑ ↓", "What is due before or after it"),
            ("← →", "The day before or after"),
            ("Enter", "Open the deal, or the day"),
            ("M", "Move it to another day"),
        ],
    ),
    ("In the search", [("↑ ↓", "Choose"), ("Enter", "Open what is chosen")]),
]
