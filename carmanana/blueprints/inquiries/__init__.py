"""The public inquiry form, leads posted by marketplaces, and what is set for both."""
