"""The one answer for a file that cannot be read."""


class Unreadable(Exception):
    """The whole file is refused; the sentence says why and how to mend it."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence
