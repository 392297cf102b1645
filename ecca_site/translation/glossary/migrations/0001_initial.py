import django.db.models.deletion
import ecca_site.translation.glossary.models
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="In English, singular.",
                        max_length=100,
                        unique=True,
                        verbose_name="term",
                    ),
                ),
                (
                    "explanation",
                    models.TextField(blank=True, max_length=500, verbose_name="explanation"),
                ),
            ],
            options={
                "verbose_name": "term",
                "verbose_name_plural": "glossary",
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "forms",
                    models.TextField(
                        help_text="One a line, the preferred one first. Inflected forms are recognised.",
                        max_length=1000,
                        validators=[ecca_site.translation.glossary.models.check_forms],
                        verbose_name="approved forms",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="language",
                    ),
                ),
                (
                    "term",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wordings",
                        to="glossary.term",
                    ),
                ),
            ],
            options={
                "verbose_name": "forms in a language",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "locale"), name="glossary_wording_language"
                    )
                ],
            },
        ),
    ]
