from django.db import migrations, models

# Whoever rebuilds this table (SQLite does so for an altered column) must make the triggers again:
# tests/privacy/test_audit_triggers.py notices when they are gone.
SQLITE = {
    "privacy_auditentry_no_update": "BEFORE UPDATE ON privacy_auditentry BEGIN {refuse}; END",
    "privacy_auditentry_no_delete": "BEFORE DELETE ON privacy_auditentry BEGIN {refuse}; END",
    # INSERT OR REPLACE deletes without asking the trigger above.
    "privacy_auditentry_no_replace": (
        "BEFORE INSERT ON privacy_auditentry "
        "WHEN EXISTS (SELECT 1 FROM privacy_auditentry WHERE seq = NEW.seq) BEGIN {refuse}; END"
    ),
}
REFUSE = "SELECT RAISE(ABORT, 'the audit log is append-only')"
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION privacy_auditentry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = '23001'; END $$",
    "CREATE TRIGGER privacy_auditentry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
    "ON privacy_auditentry FOR EACH STATEMENT EXECUTE FUNCTION privacy_auditentry_refuse()",
)
POSTGRESQL_BACK = (
    "DROP TRIGGER IF EXISTS privacy_auditentry_append_only ON privacy_auditentry",
    "DROP FUNCTION IF EXISTS privacy_auditentry_refuse()",
)


def guard(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "sqlite":
            for name, body in SQLITE.items():
                cursor.execute(f"CREATE TRIGGER {name} {body.format(refuse=REFUSE)}")
        else:
            for statement in POSTGRESQL:
                cursor.execute(statement)


def unguard(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "sqlite":
            for name in SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            for statement in POSTGRESQL_BACK:
                cursor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ("privacy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=32)),
                ("by_kind", models.CharField(max_length=8)),
                ("by_ref", models.CharField(max_length=64)),
                ("subject", models.UUIDField(null=True)),
                ("object_ref", models.CharField(max_length=64)),
                ("previous", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["subject", "-seq"], name="privacy_audit_subject"),
                    models.Index(fields=["action", "-seq"], name="privacy_audit_action"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("epoch", models.IntegerField(primary_key=True, serialize=False)),
                ("began", models.BigIntegerField()),
                ("count", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RunPython(guard, unguard, hints={"model_name": "auditentry"}),
    ]
