import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('skills', '0001_initial'),
        ('talk', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='exerciserun',
            name='talk',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='talk.conversation'),
        ),
    ]
