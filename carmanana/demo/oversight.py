"""What managers do: give, reopen, answer flags (SOP 1, section E)."""

from carmanana.demo.life import Life

OTHER_BOARD = {"used_vehicle": "special_sourcing", "new_vehicle": "used_vehicle", "special_sourcing": "used_vehicle"}


def reassign(life: Life, kind):
    """The deal goes to a colleague, who works it from now on."""
    _hand_over(life, "reassigned")


def inherit(life: Life, kind):
    """It was the work of somebody who is leaving."""
    _hand_over(life, "left")


def _hand_over(life, why):
    giver, receiver = life.owner, life.house.colleague_of(life.owner, life.rng)
    names = {"from": giver.first_name, "staff": receiver.first_name}
    life.do("reassign", life.manager, owner=receiver, reason=life.teller.word("manager", why, **names))
    life.belongs_to(receiver)


def flag(life: Life, kind):
    life.do("flag", words=life.teller.word("manager", "flagged"))


def answer(life: Life, kind):
    life.do("clear_flag", life.manager, words=life.teller.word("manager", "answered"))


def transfer(life: Life, kind):
    """To another board, where the needs are confirmed already."""
    life.order_type = OTHER_BOARD[life.order_type]
    life.stage = 3
    life.do("transfer", stage=3, order_type=life.order_type)


def reopen(life: Life, kind):
    life.do("reopen", life.manager, stage=life.stage, reason=life.teller.word("manager", "reopened"))


def unwin(life: Life, kind):
    life.do("reopen", life.manager, stage=life.stage, reason=life.teller.word("manager", "won_by_mistake"))
    life.waiting = True
    life.do("add_step", after=2, subject="Settle the delivery terms", due_at=life.due(2))
