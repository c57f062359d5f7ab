"""What managers do: give, reopen, answer flags (SOP 1, section E)."""

from carmanana.demo.deal_history import DealHistory

OTHER_BOARD = {"used_vehicle": "special_sourcing", "new_vehicle": "used_vehicle", "special_sourcing": "used_vehicle"}


def reassign(history: DealHistory, kind):
    """The deal goes to a colleague, who works it from now on."""
    _hand_over(history, "reassigned")


def inherit(history: DealHistory, kind):
    """It was the work of somebody who is leaving."""
    _hand_over(history, "left")


def _hand_over(history, why):
    giver, receiver = history.owner, history.dealership.colleague_of(history.owner, history.rng)
    names = {"from": giver.first_name, "staff": receiver.first_name}
    history.do("reassign", history.manager, owner=receiver, reason=history.teller.word("manager", why, **names))
    history.belongs_to(receiver)


def flag(history: DealHistory, kind):
    history.do("flag", words=history.teller.word("manager", "flagged"))


def answer(history: DealHistory, kind):
    history.do("clear_flag", history.manager, words=history.teller.word("manager", "answered"))


def transfer(history: DealHistory, kind):
    """To another board, where the needs are confirmed already."""
    history.order_type = OTHER_BOARD[history.order_type]
    history.stage = 3
    history.do("transfer", stage=3, order_type=history.order_type)


def reopen(history: DealHistory, kind):
    _reopen(history, "reopened", "Call about what has changed")


def unwin(history: DealHistory, kind):
    _reopen(history, "won_by_mistake", "Settle the delivery terms")


def _reopen(history, why, next_step):
    given = {"reason": history.teller.word("manager", why), "next_step": next_step, "due_at": history.due()}
    history.do("reopen", history.manager, stage=history.stage, **given)
    history.waiting, history.won = True, False
