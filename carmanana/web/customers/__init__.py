"""The page of a customer as features fill it: tabs, records without a page of their own, the banner."""
