"""Policies of entitlement without application (免申即享): read, checked and compiled."""
