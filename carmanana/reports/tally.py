"""What share is worth saying."""

FEW = 5


def percent(part: int, whole: int) -> int | None:
    """None where there are too few to say. All or none is said of all or none alone."""
    if whole < FEW:
        return None
    near = round(100 * part / whole)
    return near if part in (0, whole) else min(max(near, 1), 99)
