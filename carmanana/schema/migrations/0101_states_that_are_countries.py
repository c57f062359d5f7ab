"""A lead of somebody in Germany, whose record says DE, was kept as one of Delaware, and so on."""

CODES = {
    "AL": "+355", "AR": "+54", "AZ": "+994", "CO": "+57", "DE": "+49", "GA": "+241", "ID": "+62", "IL": "+972",
    "IN": "+91", "KY": "+1345", "LA": "+856", "MA": "+212", "MD": "+373", "ME": "+382", "MN": "+976", "MO": "+853",
    "MS": "+1664", "MT": "+356", "NC": "+687", "NE": "+227", "PA": "+507", "SC": "+248", "SD": "+249", "TN": "+216",
}  # fmt: skip
MENDED = """
UPDATE lead SET region = ? WHERE region = ? AND customer_id IN (
  SELECT customer.id FROM customer JOIN person ON person.customer_id = customer.id
  JOIN customer_phone ON customer_phone.person_id = person.id
  WHERE upper(trim(customer.region)) = ? AND customer_phone.e164 LIKE ?)
"""


def up(migrator, db):
    for code, prefix in CODES.items():
        db.execute_sql(MENDED, (code, f"US-{code}", code, f"{prefix}%"))
