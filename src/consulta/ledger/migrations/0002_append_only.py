"""From here on the database refuses to change the record."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from consulta.ledger import triggers


def install(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_record")]
    operations = [migrations.RunPython(install, elidable=False)]
