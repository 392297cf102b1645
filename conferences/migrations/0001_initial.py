import conferences.blocks
import conferences.models.contribution
import conferences.models.status
import conferences.models.times
import django.db.models.deletion
import ecca_site.core.fields
import ecca_site.core.publication
import ecca_site.delivery.fallback
import ecca_site.i18n.countries
import modelsearch.index
import uuid
import wagtail.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("partners", "0001_initial"),
        ("uploads", "0001_initial"),
        ("users", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Desk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField(unique=True)),
                ("last_number", models.PositiveIntegerField(default=0)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "registration desk",
                "verbose_name_plural": "registration desks",
            },
        ),
        migrations.CreateModel(
            name="CalendarEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField()),
                ("ref", models.CharField(blank=True, max_length=36)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("facts", models.JSONField()),
                ("is_gone", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("translation_key", "ref"), name="one_entry_of_a_session"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConferenceIndexPage",
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
                "verbose_name": "list of conferences",
            },
            bases=(
                ecca_site.core.publication.AnnouncedPublication,
                ecca_site.delivery.fallback.FallbackMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="ConferencePage",
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
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("confirmed", "Confirmed"),
                            ("rescheduled", "Rescheduled"),
                            ("postponed", "Postponed"),
                            ("cancelled", "Cancelled"),
                            ("past", "Past"),
                        ],
                        default="planned",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "start_at",
                    models.DateTimeField(
                        help_text="In the time zone of the conference.",
                        null=True,
                        verbose_name="starts",
                    ),
                ),
                ("previous_start_at", models.DateTimeField(editable=False, null=True)),
                (
                    "end_at",
                    models.DateTimeField(
                        help_text="In the time zone of the conference.",
                        null=True,
                        verbose_name="ends",
                    ),
                ),
                (
                    "timezone",
                    models.CharField(
                        choices=conferences.models.status.timezone_choices,
                        default="Europe/Ljubljana",
                        max_length=64,
                        verbose_name="time zone",
                    ),
                ),
                ("venue_name", models.CharField(blank=True, max_length=160, verbose_name="venue")),
                (
                    "venue_address",
                    models.CharField(
                        blank=True, max_length=255, verbose_name="address of the venue"
                    ),
                ),
                ("city", models.CharField(max_length=120, verbose_name="city")),
                (
                    "country",
                    models.CharField(
                        choices=ecca_site.i18n.countries.country_choices,
                        max_length=2,
                        verbose_name="country",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        help_text="One or two sentences, shown in lists.",
                        max_length=255,
                        verbose_name="summary",
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("heading", 0),
                            ("paragraph", 1),
                            ("image", 4),
                            ("gallery", 7),
                            ("quote", 10),
                            ("table", 13),
                            ("key_figures", 18),
                            ("accordion", 23),
                            ("documents", 28),
                            ("call_to_action", 33),
                            ("video", 38),
                            ("partner_list", 39),
                            ("news_list", 41),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("ecca_site.core.blocks.text.HeadingBlock", (), {}),
                            1: ("ecca_site.core.blocks.text.ParagraphBlock", (), {}),
                            2: ("wagtail.images.blocks.ImageBlock", [], {"label": "Picture"}),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "required": False},
                            ),
                            4: ("wagtail.blocks.StructBlock", [[("image", 2), ("caption", 3)]], {}),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Title", "required": False},
                            ),
                            6: (
                                "wagtail.blocks.ListBlock",
                                (4,),
                                {"label": "Pictures", "min_num": 2},
                            ),
                            7: ("wagtail.blocks.StructBlock", [[("title", 5), ("images", 6)]], {}),
                            8: ("wagtail.blocks.TextBlock", (), {"label": "Quotation"}),
                            9: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "required": False},
                            ),
                            10: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 8), ("attribution", 9)]],
                                {},
                            ),
                            11: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "What the table shows", "label": "Caption"},
                            ),
                            12: ("ecca_site.core.blocks.text.CellsBlock", (), {"label": "Cells"}),
                            13: (
                                "wagtail.blocks.StructBlock",
                                [[("caption", 11), ("cells", 12)]],
                                {},
                            ),
                            14: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Figure", "max_length": 20},
                            ),
                            15: ("wagtail.blocks.CharBlock", (), {"label": "What it counts"}),
                            16: (
                                "wagtail.blocks.StructBlock",
                                [[("value", 14), ("label", 15)]],
                                {},
                            ),
                            17: (
                                "wagtail.blocks.ListBlock",
                                (16,),
                                {"label": "Figures", "min_num": 1},
                            ),
                            18: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 5), ("figures", 17)]],
                                {},
                            ),
                            19: ("wagtail.blocks.CharBlock", (), {"label": "Question"}),
                            20: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": [
                                        "h3",
                                        "bold",
                                        "italic",
                                        "ol",
                                        "ul",
                                        "link",
                                        "document-link",
                                    ],
                                    "label": "Answer",
                                },
                            ),
                            21: ("wagtail.blocks.StructBlock", [[("title", 19), ("text", 20)]], {}),
                            22: (
                                "wagtail.blocks.ListBlock",
                                (21,),
                                {"label": "Questions and answers", "min_num": 1},
                            ),
                            23: ("wagtail.blocks.StructBlock", [[("title", 5), ("items", 22)]], {}),
                            24: ("wagtail.blocks.CharBlock", (), {"label": "Title"}),
                            25: (
                                "ecca_site.core.choices.DocumentChooserBlock",
                                (),
                                {"label": "Document"},
                            ),
                            26: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 24), ("document", 25)]],
                                {},
                            ),
                            27: (
                                "wagtail.blocks.ListBlock",
                                (26,),
                                {"label": "Documents", "min_num": 1},
                            ),
                            28: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 5), ("documents", 27)]],
                                {},
                            ),
                            29: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "Text", "required": False},
                            ),
                            30: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Label of the button", "max_length": 60},
                            ),
                            31: (
                                "ecca_site.core.choices.PageChooserBlock",
                                (),
                                {"label": "Page", "required": False},
                            ),
                            32: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {"label": "Address", "required": False},
                            ),
                            33: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 24),
                                        ("text", 29),
                                        ("label", 30),
                                        ("page", 31),
                                        ("url", 32),
                                    ]
                                ],
                                {},
                            ),
                            34: (
                                "ecca_site.core.choices.DocumentChooserBlock",
                                (),
                                {
                                    "help_text": "MP4 or WebM, kept on this site",
                                    "label": "Video file",
                                },
                            ),
                            35: (
                                "ecca_site.core.choices.ImageChooserBlock",
                                (),
                                {"label": "Still picture", "required": False},
                            ),
                            36: (
                                "ecca_site.core.choices.DocumentChooserBlock",
                                (),
                                {
                                    "help_text": "WebVTT (.vtt)",
                                    "label": "Captions",
                                    "required": False,
                                },
                            ),
                            37: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "italic", "ul", "link"],
                                    "label": "Transcript",
                                    "required": False,
                                },
                            ),
                            38: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 24),
                                        ("file", 34),
                                        ("poster", 35),
                                        ("captions", 36),
                                        ("transcript", 37),
                                    ]
                                ],
                                {},
                            ),
                            39: ("wagtail.blocks.StructBlock", [[("title", 24), ("text", 29)]], {}),
                            40: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 3,
                                    "label": "How many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            41: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 24), ("count", 40)]],
                                {},
                            ),
                        },
                        verbose_name="body",
                    ),
                ),
                (
                    "programme",
                    wagtail.fields.StreamField(
                        [("day", 18)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.DateBlock", (), {"label": "Date"}),
                            1: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"default": "", "label": "Title of the day", "required": False},
                            ),
                            2: ("wagtail.blocks.TimeBlock", (), {"label": "Starts"}),
                            3: ("wagtail.blocks.TimeBlock", (), {"label": "Ends"}),
                            4: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("talk", "Talk"),
                                        ("panel", "Panel"),
                                        ("workshop", "Workshop"),
                                        ("break", "Break"),
                                    ],
                                    "label": "Kind",
                                },
                            ),
                            5: (
                                "conferences.blocks.KeyBlock",
                                (),
                                {"default": "", "label": "Room", "of": "rooms", "required": False},
                            ),
                            6: (
                                "conferences.blocks.KeyBlock",
                                (),
                                {
                                    "default": "",
                                    "label": "Track",
                                    "of": "tracks",
                                    "required": False,
                                },
                            ),
                            7: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": conferences.blocks.session_languages,
                                    "label": "Language",
                                },
                            ),
                            8: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Title", "max_length": 200},
                            ),
                            9: (
                                "conferences.blocks.SnippetChooserBlock",
                                ("conferences.Speaker",),
                                {},
                            ),
                            10: (
                                "wagtail.blocks.ListBlock",
                                (9,),
                                {"default": [], "label": "Speakers"},
                            ),
                            11: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"default": "", "label": "Abstract", "required": False},
                            ),
                            12: (
                                "wagtail.blocks.MultipleChoiceBlock",
                                [],
                                {
                                    "choices": conferences.blocks.session_languages,
                                    "label": "Interpretation into",
                                    "required": False,
                                },
                            ),
                            13: (
                                "ecca_site.core.choices.DocumentChooserBlock",
                                (),
                                {"label": "Slides", "required": False},
                            ),
                            14: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {
                                    "default": "",
                                    "label": "Address of the recording",
                                    "required": False,
                                },
                            ),
                            15: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"label": "This session is cancelled", "required": False},
                            ),
                            16: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("start", 2),
                                        ("end", 3),
                                        ("kind", 4),
                                        ("room", 5),
                                        ("track", 6),
                                        ("language", 7),
                                        ("title", 8),
                                        ("speakers", 10),
                                        ("abstract", 11),
                                        ("interpretation", 12),
                                        ("slides", 13),
                                        ("recording", 14),
                                        ("is_cancelled", 15),
                                    ]
                                ],
                                {},
                            ),
                            17: (
                                "wagtail.blocks.ListBlock",
                                (16,),
                                {"collapsed": True, "label": "Sessions"},
                            ),
                            18: (
                                "wagtail.blocks.StructBlock",
                                [[("date", 0), ("title", 1), ("sessions", 17)]],
                                {},
                            ),
                        },
                        verbose_name="programme",
                    ),
                ),
                (
                    "documents",
                    wagtail.fields.StreamField(
                        [("document", 2)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {"label": "Title"}),
                            1: (
                                "ecca_site.core.choices.DocumentChooserBlock",
                                (),
                                {"label": "Document"},
                            ),
                            2: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 0), ("document", 1)]],
                                {
                                    "description": "A file for download: programme, slides, report",
                                    "icon": "doc-full",
                                    "preview_value": {"document": None, "title": "Programme"},
                                    "template": "conferences/blocks/document.html",
                                },
                            ),
                        },
                        verbose_name="documents",
                    ),
                ),
                (
                    "how_to_join",
                    wagtail.fields.RichTextField(blank=True, verbose_name="how to join"),
                ),
                (
                    "join_url",
                    models.URLField(
                        blank=True,
                        help_text="Only where people register on another site.",
                        verbose_name="address of the registration",
                    ),
                ),
                (
                    "tracks",
                    wagtail.fields.StreamField(
                        [("track", 2)],
                        blank=True,
                        block_lookup={
                            0: (
                                "conferences.blocks.KeyBlock",
                                (),
                                {
                                    "help_text": "A short name for the sessions, such as A or 1.05",
                                    "label": "Key",
                                },
                            ),
                            1: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Name", "max_length": 80},
                            ),
                            2: (
                                "wagtail.blocks.StructBlock",
                                [[("key", 0), ("name", 1)]],
                                {
                                    "description": "A thread of sessions through the programme",
                                    "icon": "tag",
                                    "label": "Track",
                                    "preview_value": {"key": "A", "name": "Materials"},
                                },
                            ),
                        },
                        null=True,
                        verbose_name="tracks",
                    ),
                ),
                (
                    "rooms",
                    wagtail.fields.StreamField(
                        [("room", 2)],
                        blank=True,
                        block_lookup={
                            0: (
                                "conferences.blocks.KeyBlock",
                                (),
                                {
                                    "help_text": "A short name for the sessions, such as A or 1.05",
                                    "label": "Key",
                                },
                            ),
                            1: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Name", "max_length": 80},
                            ),
                            2: (
                                "wagtail.blocks.StructBlock",
                                [[("key", 0), ("name", 1)]],
                                {
                                    "description": "Where sessions are held",
                                    "icon": "home",
                                    "label": "Room",
                                    "preview_value": {"key": "1", "name": "Main hall"},
                                },
                            ),
                        },
                        null=True,
                        verbose_name="rooms",
                    ),
                ),
                (
                    "report",
                    wagtail.fields.StreamField(
                        [
                            ("heading", 0),
                            ("paragraph", 1),
                            ("image", 4),
                            ("gallery", 7),
                            ("quote", 10),
                            ("table", 13),
                            ("key_figures", 18),
                            ("accordion", 23),
                            ("documents", 28),
                            ("call_to_action", 33),
                            ("video", 38),
                            ("partner_list", 39),
                            ("news_list", 41),
                        ],
                        blank=True,
                        block_lookup={
                            0: ("ecca_site.core.blocks.text.HeadingBlock", (), {}),
                            1: ("ecca_site.core.blocks.text.ParagraphBlock", (), {}),
                            2: ("wagtail.images.blocks.ImageBlock", [], {"label": "Picture"}),
                            3: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "required": False},
                            ),
                            4: ("wagtail.blocks.StructBlock", [[("image", 2), ("caption", 3)]], {}),
                            5: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Title", "required": False},
                            ),
                            6: (
                                "wagtail.blocks.ListBlock",
                                (4,),
                                {"label": "Pictures", "min_num": 2},
                            ),
                            7: ("wagtail.blocks.StructBlock", [[("title", 5), ("images", 6)]], {}),
                            8: ("wagtail.blocks.TextBlock", (), {"label": "Quotation"}),
                            9: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "required": False},
                            ),
                            10: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 8), ("attribution", 9)]],
                                {},
                            ),
                            11: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "What the table shows", "label": "Caption"},
                            ),
                            12: ("ecca_site.core.blocks.text.CellsBlock", (), {"label": "Cells"}),
                            13: (
                                "wagtail.blocks.StructBlock",
                                [[("caption", 11), ("cells", 12)]],
                                {},
                            ),
                            14: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Figure", "max_length": 20},
                            ),
                            15: ("wagtail.blocks.CharBlock", (), {"label": "What it counts"}),
                            16: (
                                "wagtail.blocks.StructBlock",
                                [[("value", 14), ("label", 15)]],
                                {},
                            ),
                            17: (
                                "wagtail.blocks.ListBlock",
                                (16,),
                                {"label": "Figures", "min_num": 1},
                            ),
                            18: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 5), ("figures", 17)]],
                                {},
                            ),
                            19: ("wagtail.blocks.CharBlock", (), {"label": "Question"}),
                            20: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": [
                                        "h3",
                                        "bold",
                                        "italic",
                                        "ol",
                                        "ul",
                                        "link",
                                        "document-link",
                                    ],
                                    "label": "Answer",
                                },
                            ),
                            21: ("wagtail.blocks.StructBlock", [[("title", 19), ("text", 20)]], {}),
                            22: (
                                "wagtail.blocks.ListBlock",
                                (21,),
                                {"label": "Questions and answers", "min_num": 1},
                            ),
                            23: ("wagtail.blocks.StructBlock", [[("title", 5), ("items", 22)]], {}),
                            24: ("wagtail.blocks.CharBlock", (), {"label": "Title"}),
                            25: (
                                "ecca_site.core.choices.DocumentChooserBlock",
                                (),
                                {"label": "Document"},
                            ),
                            26: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 24), ("document", 25)]],
                                {},
                            ),
                            27: (
                                "wagtail.blocks.ListBlock",
                                (26,),
                                {"label": "Documents", "min_num": 1},
                            ),
                            28: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 5), ("documents", 27)]],
                                {},
                            ),
                            29: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "Text", "required": False},
                            ),
                            30: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Label of the button", "max_length": 60},
                            ),
                            31: (
                                "ecca_site.core.choices.PageChooserBlock",
                                (),
                                {"label": "Page", "required": False},
                            ),
                            32: (
                                "wagtail.blocks.URLBlock",
                                (),
                                {"label": "Address", "required": False},
                            ),
                            33: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 24),
                                        ("text", 29),
                                        ("label", 30),
                                        ("page", 31),
                                        ("url", 32),
                                    ]
                                ],
                                {},
                            ),
                            34: (
                                "ecca_site.core.choices.DocumentChooserBlock",
                                (),
                                {
                                    "help_text": "MP4 or WebM, kept on this site",
                                    "label": "Video file",
                                },
                            ),
                            35: (
                                "ecca_site.core.choices.ImageChooserBlock",
                                (),
                                {"label": "Still picture", "required": False},
                            ),
                            36: (
                                "ecca_site.core.choices.DocumentChooserBlock",
                                (),
                                {
                                    "help_text": "WebVTT (.vtt)",
                                    "label": "Captions",
                                    "required": False,
                                },
                            ),
                            37: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "italic", "ul", "link"],
                                    "label": "Transcript",
                                    "required": False,
                                },
                            ),
                            38: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("title", 24),
                                        ("file", 34),
                                        ("poster", 35),
                                        ("captions", 36),
                                        ("transcript", 37),
                                    ]
                                ],
                                {},
                            ),
                            39: ("wagtail.blocks.StructBlock", [[("title", 24), ("text", 29)]], {}),
                            40: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {
                                    "default": 3,
                                    "label": "How many",
                                    "max_value": 12,
                                    "min_value": 1,
                                },
                            ),
                            41: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 24), ("count", 40)]],
                                {},
                            ),
                        },
                        help_text="Text and pictures from the conference; shown once it is over.",
                        null=True,
                        verbose_name="report",
                    ),
                ),
                (
                    "takes_registrations",
                    models.BooleanField(
                        db_default=False, default=False, verbose_name="registration on this site"
                    ),
                ),
                (
                    "registration_opens_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="registration opens"),
                ),
                (
                    "registration_closes_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: when the conference begins.",
                        null=True,
                        verbose_name="registration closes",
                    ),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: as many as register.",
                        null=True,
                        verbose_name="places",
                    ),
                ),
                (
                    "has_waiting_list",
                    models.BooleanField(db_default=True, default=True, verbose_name="waiting list"),
                ),
                (
                    "questions",
                    ecca_site.core.fields.CodesField(
                        blank=True,
                        choices=[
                            ("dietary", "Dietary needs"),
                            ("sessions", "Sessions you would like to attend"),
                            ("accessibility", "What you need to take part (accessibility)"),
                        ],
                        db_default="",
                        default=list,
                        max_length=1000,
                        verbose_name="questions",
                    ),
                ),
                (
                    "consent_text",
                    models.TextField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="What people agree to when they register.",
                        verbose_name="consent",
                    ),
                ),
                (
                    "consent_version",
                    models.CharField(
                        blank=True,
                        db_default="1",
                        default="1",
                        help_text="Change it with the text: each registration keeps what was agreed to.",
                        max_length=20,
                        verbose_name="version of the consent",
                    ),
                ),
                (
                    "keep_months",
                    models.PositiveSmallIntegerField(
                        db_default=6,
                        default=6,
                        help_text="After the end of the conference.",
                        verbose_name="months that personal data is kept",
                    ),
                ),
                (
                    "call_text",
                    wagtail.fields.RichTextField(
                        blank=True, db_default="", default="", verbose_name="call for contributions"
                    ),
                ),
                (
                    "call_deadline_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: no contributions are asked for.",
                        null=True,
                        verbose_name="deadline for contributions",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        help_text="The organisation that holds the conference; its profile lists it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="conferences",
                        to="partners.partnerpage",
                        verbose_name="host",
                    ),
                ),
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
                "verbose_name": "conference",
                "verbose_name_plural": "conferences",
            },
            bases=(
                conferences.models.times.ConferenceTimes,
                ecca_site.core.publication.AnnouncedPublication,
                ecca_site.delivery.fallback.FallbackMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="Contribution",
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
                            ("submitted", "Submitted"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                        ],
                        default="submitted",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("abstract", models.TextField(blank=True, verbose_name="abstract")),
                (
                    "language",
                    models.CharField(max_length=10, verbose_name="language of the contribution"),
                ),
                ("reader_language", models.CharField(max_length=10)),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("role", models.CharField(blank=True, max_length=160, verbose_name="role")),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=160, verbose_name="organisation"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        storage=conferences.models.contribution.private_storage,
                        upload_to=conferences.models.contribution.private_name,
                        verbose_name="file",
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("submission", models.CharField(blank=True, max_length=40)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="received at")),
                (
                    "decided_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="decided at"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="conferences.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "contribution",
                "verbose_name_plural": "contributions",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("audience", models.CharField(max_length=40)),
                ("texts", models.JSONField()),
                ("total", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mailings",
                        to="conferences.desk",
                    ),
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
                "verbose_name": "mail to participants",
                "verbose_name_plural": "mails to participants",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("registered", "Registered"),
                            ("waiting", "On the waiting list"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("language", models.CharField(max_length=10, verbose_name="language")),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=160, verbose_name="organisation"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                (
                    "dietary",
                    models.CharField(blank=True, max_length=500, verbose_name="dietary needs"),
                ),
                (
                    "accessibility",
                    models.CharField(blank=True, max_length=500, verbose_name="accessibility"),
                ),
                ("sessions", models.TextField(blank=True, verbose_name="sessions")),
                ("consent_text", models.TextField(blank=True, verbose_name="consent")),
                (
                    "consent_version",
                    models.CharField(
                        blank=True, max_length=20, verbose_name="version of the consent"
                    ),
                ),
                ("submission", models.CharField(blank=True, max_length=40)),
                (
                    "created_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="registered at"),
                ),
                (
                    "seated_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="got a place at"),
                ),
                (
                    "cancelled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="cancelled at"),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registrations",
                        to="conferences.desk",
                    ),
                ),
            ],
            options={
                "verbose_name": "registration",
                "verbose_name_plural": "registrations",
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("desk", "number"), name="one_number_a_registration"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(("email", ""), _negated=True),
                        ),
                        fields=("desk", "email"),
                        name="one_place_a_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                (
                    "has_unpublished_changes",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="has unpublished changes"
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(
                        blank=True, db_index=True, null=True, verbose_name="first published at"
                    ),
                ),
                (
                    "last_published_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="last published at"
                    ),
                ),
                (
                    "go_live_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="go live date/time"),
                ),
                (
                    "expire_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time"),
                ),
                (
                    "expired",
                    models.BooleanField(default=False, editable=False, verbose_name="expired"),
                ),
                (
                    "locked",
                    models.BooleanField(default=False, editable=False, verbose_name="locked"),
                ),
                (
                    "locked_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="locked at"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("role", models.CharField(blank=True, max_length=160, verbose_name="role")),
                (
                    "organisation",
                    models.CharField(blank=True, max_length=160, verbose_name="organisation"),
                ),
                ("biography", models.TextField(blank=True, verbose_name="biography")),
                (
                    "latest_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="latest revision",
                    ),
                ),
                (
                    "live_revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                        verbose_name="live revision",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="locked_%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="locked by",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="uploads.customimage",
                        verbose_name="picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "speaker",
                "verbose_name_plural": "speakers",
                "ordering": ["name", "pk"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
            bases=(
                ecca_site.core.publication.AnnouncedPublication,
                wagtail.models.preview.PreviewableMixin,
                models.Model,
                modelsearch.index.Indexed,
            ),
        ),
    ]
