"""The keys that do something, as the list behind `?` shows them."""

KEYS = [
    ("Anywhere", [("/", "Search and jump"), ("Ctrl K", "Search and jump"), ("?", "This list"), ("Esc", "Close what is open")]),
    ("In the search", [("↑ ↓", "Choose"), ("Enter", "Open what is chosen")]),
]
