import django.db.models.deletion
import django.utils.timezone
import ecca_site.core.publication
import ecca_site.delivery.fallback
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("conferences", "0001_initial"),
        ("partners", "0001_initial"),
        ("uploads", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="NewsIndexPage",
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
                "verbose_name": "news list",
            },
            bases=(
                ecca_site.core.publication.AnnouncedPublication,
                ecca_site.delivery.fallback.FallbackMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="NewsPage",
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
                    "date",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="date"),
                ),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("circular-economy", "Circular economy"),
                            ("internationalisation", "Going international"),
                            ("events", "Events"),
                            ("partnership", "Partnership"),
                            ("funding", "Funding"),
                        ],
                        max_length=24,
                        verbose_name="topic",
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
                (
                    "related_conference",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="conferences.conferencepage",
                        verbose_name="related conference",
                    ),
                ),
                (
                    "related_partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to="partners.partnerpage",
                        verbose_name="related partner",
                    ),
                ),
            ],
            options={
                "verbose_name": "news item",
                "verbose_name_plural": "news items",
            },
            bases=(
                ecca_site.core.publication.AnnouncedPublication,
                ecca_site.delivery.fallback.FallbackMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
    ]
