import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("users", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailPreference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[("at_once", "each at once"), ("daily", "one mail a day")],
                        default="at_once",
                        max_length=10,
                        verbose_name="mails",
                    ),
                ),
                (
                    "wants_reviews",
                    models.BooleanField(
                        default=False,
                        help_text="Administrators get mails about reviews only if they tick this.",
                        verbose_name="mails about every review",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_preference",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("address", models.EmailField(max_length=254, verbose_name="address")),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("subject", models.CharField(max_length=255, verbose_name="subject")),
                ("text", models.TextField()),
                ("html", models.TextField()),
                ("link", models.CharField(blank=True, db_default="", default="", max_length=500)),
                (
                    "reply_to",
                    models.CharField(blank=True, db_default="", default="", max_length=500),
                ),
                ("attachments", models.JSONField(blank=True, null=True)),
                (
                    "is_for_digest",
                    models.BooleanField(
                        default=False, help_text="Waits for the one mail of the day."
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="written at")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                (
                    "next_attempt_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="next attempt"
                    ),
                ),
                (
                    "last_error",
                    models.CharField(blank=True, max_length=500, verbose_name="last error"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                (
                    "gave_up_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="gave up at"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("gave_up_at", None), ("is_for_digest", False), ("sent_at", None)
                        ),
                        fields=["next_attempt_at"],
                        name="mail_due",
                    )
                ],
            },
        ),
    ]
