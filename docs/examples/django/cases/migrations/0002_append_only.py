"""Have the database itself refuse to change or delete a version, whoever asks for it."""

from typing import Any, ClassVar

from django.db import migrations

REFUSAL = "A version is never changed and never deleted"

SQLITE = [
    f"CREATE TRIGGER version_is_not_{done} BEFORE {done} ON cases_version BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for done in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    f"""CREATE FUNCTION refuse_to_change_a_version() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
    """CREATE TRIGGER version_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases_version
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_a_version()""",
]


def protect(_: Any, schema_editor: Any) -> None:
    """Make the triggers."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Goes one way only: a record that could be unlocked would be none."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("cases", "0001_initial")]
    operations: ClassVar[list[Any]] = [migrations.RunPython(protect)]
