"""A real issuer of OpenID Connect, run on this machine; what it is built on is out of date."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from oidc_provider_mock import User, run_server_in_thread

__all__ = ["User", "run_server_in_thread"]
