"""How a deal went through its stages, of the audit trail: a visit from entering a stage to leaving it for another one,
or until the deal ended. `stood` counts the seconds in which the deal was active there: those on hold or under review
are left out. `left_as` is the step that ended the visit, `left_by` whoever took it; `entered_by` likewise."""

from .declared import Fill, Part, trigger

ENDED = "('won', 'lost', 'cancelled_by_client')"
STAGE = (
    "COALESCE(json_extract({0}data, '$.to_stage'), CASE {0}verb WHEN 'take' THEN json_extract({0}data, '$.stage') END)"
)
OPEN = "deal_id = NEW.subject_id AND left_at IS NULL"
ENTERS = f"(NEW.was IS NULL OR {STAGE.format('NEW.')} IS NOT NULL OR (NEW.became = 'active' AND NOT EXISTS (SELECT 1 FROM stage_visit WHERE {OPEN})))"
LEAVES = f"(NEW.became IN {ENDED} OR {STAGE.format('NEW.')} IS NOT NULL)"
LAST = "(SELECT stage_id FROM stage_visit WHERE deal_id = NEW.subject_id ORDER BY id DESC LIMIT 1)"
HERE = "(SELECT stage_id FROM deal WHERE id = NEW.subject_id)"
ACTIVE = "CASE NEW.became WHEN 'active' THEN NEW.at END"

GO_ON = f"""
UPDATE stage_visit SET stood = stood + COALESCE(unixepoch(NEW.at) - unixepoch(runs_since), 0),
  runs_since = CASE WHEN {LEAVES} THEN NULL ELSE {ACTIVE} END,
  left_at = CASE WHEN {LEAVES} THEN NEW.at END, left_as = CASE WHEN {LEAVES} THEN NEW.verb END,
  left_by_id = CASE WHEN {LEAVES} THEN NEW.actor_id END
WHERE {OPEN};
""".strip()
ENTER = f"""
INSERT INTO stage_visit (id, deal_id, stage_id, entered_at, entered_by_id, runs_since)
SELECT NEW.id, NEW.subject_id, COALESCE({STAGE.format("NEW.")}, {LAST}, {HERE}), NEW.at, NEW.actor_id, {ACTIVE}
WHERE NEW.became NOT IN {ENDED} AND {ENTERS} AND {HERE} IS NOT NULL;
""".strip()

EVENTS = f"""
SELECT event.id, subject_id, at, actor_id, verb, became, was IS NULL AS first, {STAGE.format("")} AS stage, deal.stage_id AS here,
  json_extract(data, '$.from_stage') AS came_from, became IN {ENDED} AS ended,
  MAX(CASE WHEN became = 'active' OR became IN {ENDED} THEN event.id * 2 + (became IN {ENDED}) END) OVER (
    PARTITION BY subject_id ORDER BY event.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) % 2 AS had_ended,
  LEAD(at) OVER (PARTITION BY subject_id ORDER BY event.id) AS next_at
FROM event JOIN deal ON deal.id = subject_id
WHERE subject = 'deal' AND subject_id > :after AND subject_id <= :until AND became IS NOT NULL
""".strip()
# every event belongs to the visit that is under way when it has happened; the one that ends a visit, to the next number
NUMBERED = f"""
SELECT *, NOT ended AND (first OR stage IS NOT NULL OR (became = 'active' AND had_ended)) AS enters,
  SUM(ended OR first OR stage IS NOT NULL OR (became = 'active' AND had_ended)) OVER (PARTITION BY subject_id ORDER BY id) AS visit
FROM ({EVENTS})
""".strip()
VISITS = f"""
SELECT subject_id, visit, MIN(id) AS id, MIN(at) AS at, MAX(enters) AS enters, MAX(ended) AS ended, MAX(CASE WHEN enters OR ended THEN verb END) AS verb,
  MAX(CASE WHEN enters OR ended THEN actor_id END) AS actor_id, MAX(stage) AS stage, MAX(here) AS here, MIN(came_from) AS came_from,
  SUM(CASE WHEN became = 'active' AND next_at IS NOT NULL THEN unixepoch(next_at) - unixepoch(at) ELSE 0 END) AS stood,
  MAX(CASE WHEN became = 'active' AND next_at IS NULL THEN at END) AS runs_since
FROM ({NUMBERED}) GROUP BY subject_id, visit
""".strip()
# a visit without a stage of its own is in the stage before, or, of an import, in the one that it went from
FILL = f"""
INSERT INTO stage_visit (id, deal_id, stage_id, entered_at, entered_by_id, stood, runs_since, left_at, left_as, left_by_id)
SELECT id, subject_id, COALESCE(stage, before % 1000000, went_from, here), at, actor_id, stood, runs_since, next_at, next_verb, next_actor FROM (
  SELECT *, LEAD(at) OVER w AS next_at, LEAD(verb) OVER w AS next_verb, LEAD(actor_id) OVER w AS next_actor,
    MAX(visit * 1000000 + stage) OVER (PARTITION BY subject_id ORDER BY visit ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before,
    LEAD(came_from) OVER w AS went_from
  FROM ({VISITS}) WINDOW w AS (PARTITION BY subject_id ORDER BY visit))
WHERE enters
""".strip()

TOLD = "AFTER INSERT ON event WHEN NEW.subject = 'deal' AND NEW.became IS NOT NULL"
PARTS = (
    Part(
        "stage_visits",
        (
            trigger("stage_visit_of_event", TOLD, GO_ON, ENTER),
            trigger("stage_visit_gone", "AFTER DELETE ON deal", "DELETE FROM stage_visit WHERE deal_id = OLD.id;"),
        ),
        (
            Fill("deal", "DELETE FROM stage_visit WHERE deal_id > :after AND deal_id <= :until"),
            Fill("deal", FILL),
        ),
    ),
)
