from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_device_pin'),
    ]

    operations = [
        migrations.AddField(
            model_name='device',
            name='pin_tried_from',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='device',
            name='pin_tries',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
