import django.core.validators
import django.db.models.deletion
import ecca_site.core.fields
import ecca_site.core.publication
import ecca_site.delivery.fallback
import ecca_site.i18n.countries
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("uploads", "0001_initial"),
        ("users", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unconfirmed", "Not confirmed"),
                            ("submitted", "Under review"),
                            ("asked", "Waiting for an answer"),
                            ("admitted", "Approved"),
                            ("declined", "Declined"),
                        ],
                        default="unconfirmed",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "partner_class",
                    models.CharField(
                        choices=[
                            ("partner", "Partner"),
                            ("supporting", "Supporting organisation"),
                            ("associated", "Associated member"),
                        ],
                        max_length=12,
                        verbose_name="class",
                    ),
                ),
                (
                    "legal_name",
                    models.CharField(blank=True, max_length=255, verbose_name="legal name"),
                ),
                (
                    "country",
                    models.CharField(
                        choices=ecca_site.i18n.countries.country_choices,
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("mailbox", models.EmailField(blank=True, max_length=254, verbose_name="mailbox")),
                (
                    "themes",
                    ecca_site.core.fields.CodesField(
                        blank=True,
                        choices=[
                            ("raw-materials", "Raw materials"),
                            ("design", "Design"),
                            ("production", "Production"),
                            ("construction", "Construction"),
                            ("operation", "Operation and maintenance"),
                            ("retrofit", "Retrofit"),
                            ("demolition", "Demolition"),
                            ("recycling", "Recycling"),
                        ],
                        default=list,
                        max_length=1000,
                        verbose_name="themes",
                    ),
                ),
                ("offers", models.TextField(blank=True, verbose_name="what we offer")),
                ("seeks", models.TextField(blank=True, verbose_name="what cooperation we seek")),
                ("members_sme", models.PositiveIntegerField(blank=True, null=True)),
                ("members_large", models.PositiveIntegerField(blank=True, null=True)),
                ("members_research", models.PositiveIntegerField(blank=True, null=True)),
                ("members_public", models.PositiveIntegerField(blank=True, null=True)),
                ("language", models.CharField(max_length=10)),
                ("consent_text", models.TextField(blank=True)),
                ("consent_version", models.CharField(max_length=20)),
                ("submission", models.CharField(blank=True, max_length=40)),
                ("answer", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "application",
                "verbose_name_plural": "applications",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ConfirmationRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "translation_key",
                    models.UUIDField(
                        help_text="The profiles of the organisation in all languages."
                    ),
                ),
                ("asked_on", models.DateField()),
                ("asked_again_on", models.DateField(null=True)),
                (
                    "escalated_on",
                    models.DateField(
                        help_text="When the moderators were told that nobody answers.", null=True
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("confirmed_at", None)),
                        fields=("translation_key",),
                        name="one_open_confirmation_request",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_answer", models.BooleanField(default=False)),
                ("text", models.TextField()),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="partners.application",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PartnerIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "sample_note",
                    models.CharField(
                        blank=True,
                        help_text="Shown as a visible mark. Say what on this page is made up; leave empty where all is fact.",
                        max_length=255,
                        verbose_name="sample note",
                    ),
                ),
                (
                    "lead_image_alt",
                    models.CharField(
                        blank=True,
                        help_text="What the picture shows, for people who cannot see it. Empty if it only decorates.",
                        max_length=255,
                        verbose_name="alternative text",
                    ),
                ),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                (
                    "lead_image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="uploads.customimage",
                        verbose_name="lead picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner directory",
            },
            bases=(
                ecca_site.core.publication.AnnouncedPublication,
                ecca_site.delivery.fallback.FallbackMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="PartnerPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "sample_note",
                    models.CharField(
                        blank=True,
                        help_text="Shown as a visible mark. Say what on this page is made up; leave empty where all is fact.",
                        max_length=255,
                        verbose_name="sample note",
                    ),
                ),
                (
                    "partner_class",
                    models.CharField(
                        choices=[
                            ("partner", "Partner"),
                            ("supporting", "Supporting organisation"),
                            ("associated", "Associated member"),
                        ],
                        default="partner",
                        max_length=12,
                        verbose_name="class",
                    ),
                ),
                ("legal_name", models.CharField(max_length=255, verbose_name="legal name")),
                (
                    "short_name",
                    models.CharField(blank=True, max_length=60, verbose_name="short name"),
                ),
                (
                    "logo_alt",
                    models.CharField(
                        blank=True,
                        help_text="Usually “Logo of” and the name.",
                        max_length=255,
                        verbose_name="alternative text of the logo",
                    ),
                ),
                (
                    "introduction",
                    wagtail.fields.RichTextField(blank=True, verbose_name="who we are"),
                ),
                ("offers", models.TextField(blank=True, verbose_name="what we offer")),
                ("seeks", models.TextField(blank=True, verbose_name="what cooperation we seek")),
                (
                    "themes",
                    ecca_site.core.fields.CodesField(
                        blank=True,
                        choices=[
                            ("raw-materials", "Raw materials"),
                            ("design", "Design"),
                            ("production", "Production"),
                            ("construction", "Construction"),
                            ("operation", "Operation and maintenance"),
                            ("retrofit", "Retrofit"),
                            ("demolition", "Demolition"),
                            ("recycling", "Recycling"),
                        ],
                        default=list,
                        help_text="Where along the life cycle of a building your members work.",
                        max_length=1000,
                        verbose_name="themes",
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        choices=ecca_site.i18n.countries.country_choices,
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
                ("region", models.CharField(blank=True, max_length=120, verbose_name="region")),
                ("city", models.CharField(blank=True, max_length=120, verbose_name="city")),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        help_text="Degrees north, for example 46.05",
                        max_digits=8,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        help_text="Degrees east, for example 14.51",
                        max_digits=8,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude",
                    ),
                ),
                (
                    "founded_year",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1800),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="founded in",
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "mailbox",
                    models.EmailField(
                        blank=True,
                        help_text="A mailbox of the organisation, not of a person.",
                        max_length=254,
                        verbose_name="mailbox",
                    ),
                ),
                (
                    "members_sme",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="small and medium-sized enterprises"
                    ),
                ),
                (
                    "members_large",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="large companies"
                    ),
                ),
                (
                    "members_research",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="research organisations"
                    ),
                ),
                (
                    "members_public",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="public bodies"
                    ),
                ),
                (
                    "target_countries",
                    ecca_site.core.fields.CodesField(
                        blank=True,
                        choices=ecca_site.i18n.countries.country_choices,
                        default=list,
                        max_length=1000,
                        verbose_name="target countries",
                    ),
                ),
                (
                    "working_languages",
                    ecca_site.core.fields.CodesField(
                        blank=True,
                        choices=ecca_site.i18n.countries.language_choices,
                        default=list,
                        max_length=1000,
                        verbose_name="working languages",
                    ),
                ),
                (
                    "labels",
                    models.CharField(
                        blank=True,
                        help_text="For example “Cluster Management Excellence, bronze”.",
                        max_length=255,
                        verbose_name="labels held",
                    ),
                ),
                (
                    "eccp_url",
                    models.URLField(
                        blank=True,
                        verbose_name="profile on the European Cluster Collaboration Platform",
                    ),
                ),
                (
                    "confirmed_on",
                    models.DateField(
                        blank=True,
                        help_text="When the organisation last said that all this is correct.",
                        null=True,
                        verbose_name="confirmed on",
                    ),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="uploads.customimage",
                        verbose_name="logo",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner profile",
                "verbose_name_plural": "partner profiles",
            },
            bases=(
                ecca_site.core.publication.AnnouncedPublication,
                ecca_site.delivery.fallback.FallbackMixin,
                "wagtailcore.page",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="profile",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="partners.partnerpage",
            ),
        ),
        migrations.CreateModel(
            name="PartnerTeam",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "translation_key",
                    models.UUIDField(
                        help_text="The profiles of the organisation in all languages.", unique=True
                    ),
                ),
                (
                    "collection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.collection",
                    ),
                ),
                (
                    "role_group",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="partner_team",
                        to="access.rolegroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner organisation",
                "verbose_name_plural": "partner organisations",
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=150, verbose_name="e-mail address")),
                ("language", models.CharField(max_length=10)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="partners.partnerteam",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("submission", ""), _negated=True),
                fields=("submission",),
                name="one_application_of_a_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                fields=("team", "email"), name="one_invitation_of_an_address"
            ),
        ),
    ]
