"""Files that are sent: tables, workbooks, calendars, what was uploaded."""
