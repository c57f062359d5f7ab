"""SQLite's own measure of work: the steps of its virtual machine, which repeat exactly."""

EACH = 10  # steps between two looks: a statement may be told up to so many short


class Steps:
    def __init__(self, database):
        self.looks = 0
        database.connect(reuse_if_open=True)
        self.connection = database.connection()
        self.connection.set_progress_handler(self._look, EACH)

    def _look(self) -> int:
        self.looks += 1
        return 0

    def end(self) -> int:
        self.connection.set_progress_handler(None, EACH)
        return self.looks * EACH


stepping = Steps
