"""The pages and the JSON interface: requests are translated, and nothing more."""
