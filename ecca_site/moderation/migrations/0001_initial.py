from ecca_site.moderation import indexes
from ecca_site.moderation.ledger import triggers
import ecca_site.moderation.models.ledger
import uuid
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("users", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("claimed_at", models.DateTimeField(auto_now_add=True)),
                (
                    "task_state",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claim",
                        to="wagtailcore.taskstate",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GuestLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GuestComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="your name")),
                ("text", models.TextField(max_length=5000, verbose_name="comment")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="moderation.guestlink",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PageRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("unpublish", "take offline"),
                            ("delete", "delete"),
                            ("move", "move"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(max_length=5000, verbose_name="reason")),
                ("not_before", models.DateTimeField(blank=True, null=True)),
                ("wish", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "destination",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="to",
                    ),
                ),
                (
                    "workflow_state",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="page_request",
                        to="wagtailcore.workflowstate",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reminded_on", models.DateField()),
                ("escalated_on", models.DateField(blank=True, null=True)),
                (
                    "workflow_state",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder",
                        to="wagtailcore.workflowstate",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReviewTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "is_for_language_reviewers",
                    models.BooleanField(
                        default=False,
                        help_text="The reviewers of the language that the page is written in may decide, too.",
                        verbose_name="reviewers of the language",
                    ),
                ),
                (
                    "working_days",
                    models.PositiveSmallIntegerField(
                        db_default=5,
                        default=5,
                        help_text="How long a decision may take, Monday to Friday.",
                        verbose_name="working days",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text="Pages/snippets at this step in a workflow will be moderated or approved by these groups of users",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('things', models.JSONField(default=list)),
                ('authors', models.JSONField(default=list)),
                ('digest', models.CharField(max_length=64)),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seals', to='wagtailcore.revision')),
                ('task_state', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='seals', to='wagtailcore.taskstate')),
            ],
        ),
        migrations.CreateModel(
            name='FileUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='file_uses', to='wagtailcore.revision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'revision'), name='moderation_file_use_once')],
            },
        ),
        migrations.CreateModel(
            name='LedgerHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(default=0)),
                ('hash', models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('live', 'went live'), ('offline', 'went offline')], max_length=10)),
                ('kind', models.CharField(max_length=100)),
                ('key', models.CharField(max_length=40)),
                ('language', models.CharField(blank=True, max_length=20)),
                ('revision_number', models.PositiveBigIntegerField(null=True)),
                ('seal_digest', models.CharField(blank=True, max_length=64)),
                ('signatory_key', models.CharField(blank=True, max_length=32)),
                ('approved_at', models.DateTimeField(null=True)),
                ('rule', models.CharField(choices=[('review', 'by a review'), ('override', 'by an administrator, against the rule of four eyes'), ('direct', 'without a review'), ('schedule', 'on its date'), ('release', 'together with its languages'), ('request', 'as was asked for'), ('original', 'with the facts of its original'), ('command', 'by a command')], max_length=20)),
                ('happened_at', models.DateTimeField(default=ecca_site.moderation.models.ledger.this_second)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'key'], name='moderation_ledger_of')],
            },
        ),
        migrations.CreateModel(
            name='LedgerLink',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ('hash_before', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='link', to='moderation.ledgerentry')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Signatory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=ecca_site.moderation.models.ledger.new_key, editable=False, max_length=32, unique=True)),
                ('name', models.CharField(blank=True, max_length=300)),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('user', models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='signatory', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.RunPython(triggers.make, triggers.remove),
        migrations.RunPython(indexes.make, indexes.remove),
    ]
