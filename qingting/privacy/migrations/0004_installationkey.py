from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("privacy", "0003_erasedperson"),
    ]

    operations = [
        migrations.CreateModel(
            name="InstallationKey",
            fields=[
                ("name", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
