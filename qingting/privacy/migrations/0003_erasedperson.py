from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("privacy", "0002_auditentry"),
    ]

    operations = [
        migrations.CreateModel(
            name="ErasedPerson",
            fields=[
                ("person_id", models.UUIDField(primary_key=True, serialize=False)),
                ("erased_at", models.DateTimeField()),
            ],
        ),
    ]
