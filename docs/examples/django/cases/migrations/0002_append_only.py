"""Have the database itself refuse to change or delete what was recorded, whoever asks for it."""

from typing import Any, ClassVar

from django.db import migrations

REFUSAL = "A version is never changed and never deleted"
# An assessment says which form its versions answer, and of which case they are.
TABLES = ("cases_version", "cases_assessment")

SQLITE = [
    f"CREATE TRIGGER no_{done}_of_{table} BEFORE {done} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for table in TABLES
    for done in ("UPDATE", "DELETE")
]
# SQLite's INSERT OR REPLACE deletes a row without telling the trigger of deletions.
SQLITE += [
    f"""CREATE TRIGGER no_replacing_of_{table} BEFORE INSERT ON {table} WHEN EXISTS ({same})
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
    for table, same in (
        (
            "cases_version",
            """SELECT 1 FROM cases_version
            WHERE id = NEW.id OR (assessment_id = NEW.assessment_id AND number = NEW.number)""",
        ),
        ("cases_assessment", "SELECT 1 FROM cases_assessment WHERE id = NEW.id"),
    )
]
POSTGRESQL = [
    f"""CREATE FUNCTION refuse_to_change_a_version() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
    *(
        f"""CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_a_version()"""
        for table in TABLES
    ),
]


def protect(_: Any, schema_editor: Any) -> None:
    """Make the triggers."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Goes one way only: a record that could be unlocked would be none."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("cases", "0001_initial")]
    operations: ClassVar[list[Any]] = [migrations.RunPython(protect)]
