"""The power dialer (SOP 1, section F): a sequence of leads, called one at a time, each call logged before the next."""
