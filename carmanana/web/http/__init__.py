"""Below every page: requests, sessions, headers, logs, static files."""
