"""Django as both of its workflow libraries need it, keeping every commit."""

from pathlib import Path
from typing import Any

from telling import DURABLE


def opened(folder: Path, *apps: str) -> None:
    """Set Django up with these apps beside its own for users."""
    import django
    from django.conf import settings

    installed = ("django.contrib.contenttypes", "django.contrib.auth", *apps)
    settings.configure(
        INSTALLED_APPS=installed,
        USE_TZ=True,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": folder / "django.db",
                "OPTIONS": {
                    "init_command": ";".join(f"PRAGMA {pragma}" for pragma in DURABLE),
                    "transaction_mode": "IMMEDIATE",
                },
            }
        },
    )
    django.setup()


def furnish(*models: Any) -> None:
    """The tables of the apps by their migrations, and those of these models."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        for model in models:
            editor.create_model(model)


def answered(statement: str) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
