"""Entitlement without application (免申即享): who is entitled is computed, published, confirmed,
paid once. Everything here is pure."""
