import django.db.models.deletion
from django.db import migrations, models

import qingting.privacy.declarations


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0001_consent'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Rest',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='people.person')),
                ('body', qingting.privacy.declarations.SealedField()),
                ('updated_at', models.DateTimeField()),
            ],
        ),
    ]
