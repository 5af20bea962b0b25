"""Responses taken from one version of a form to another, with nothing lost that nobody named."""

from cse_forms.migrating.migrate import migrate
from cse_forms.migrating.report import Migrated, MigrationError, MigrationReport
from cse_forms.migrating.ways import migrate_to

__all__ = ["Migrated", "MigrationError", "MigrationReport", "migrate", "migrate_to"]
