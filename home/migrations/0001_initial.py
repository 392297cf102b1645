import django.db.models.deletion
import ecca_site.core.publication
import ecca_site.delivery.fallback
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("uploads", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContentPage",
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
            ],
            options={
                "verbose_name": "content page",
                "verbose_name_plural": "content pages",
            },
            bases=(
                ecca_site.core.publication.AnnouncedPublication,
                ecca_site.delivery.fallback.FallbackMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="HomePage",
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
                ("long_title", models.CharField(max_length=255, verbose_name="long title")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                (
                    "hero_image_alt",
                    models.CharField(blank=True, max_length=255, verbose_name="alternative text"),
                ),
                (
                    "join_label",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="label of the call to join"
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
                            ("section", 43),
                            ("conference", 45),
                            ("life_cycle", 46),
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
                            42: (
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
                                    "label": "Text",
                                },
                            ),
                            43: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 24), ("text", 42), ("image", 2)]],
                                {},
                            ),
                            44: (
                                "ecca_site.core.choices.PageChooserBlock",
                                ("conferences.ConferencePage",),
                                {"label": "Conference"},
                            ),
                            45: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 24), ("text", 29), ("conference", 44), ("label", 30)]],
                                {},
                            ),
                            46: ("wagtail.blocks.StructBlock", [[("title", 24), ("text", 42)]], {}),
                        },
                        verbose_name="body",
                    ),
                ),
                (
                    "linkedin_label",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="label of the LinkedIn link"
                    ),
                ),
                ("linkedin_url", models.URLField(blank=True, verbose_name="address on LinkedIn")),
                (
                    "share_enabled",
                    models.BooleanField(
                        default=True,
                        help_text="Offer buttons for sharing on every page, in all languages.",
                        verbose_name="share buttons",
                    ),
                ),
                ("footer_text", models.TextField(blank=True, verbose_name="footer text")),
                (
                    "funding_statement",
                    models.TextField(
                        blank=True,
                        help_text="Programme, call and grant number. Stands beside the EU emblem on every page.",
                        verbose_name="funding statement",
                    ),
                ),
                ("funding_disclaimer", models.TextField(blank=True, verbose_name="disclaimer")),
                (
                    "is_disclaimer_sample",
                    models.BooleanField(
                        default=False,
                        help_text="Tick while the exact wording is not agreed.",
                        verbose_name="disclaimer is a sample",
                    ),
                ),
                (
                    "hero_image",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="uploads.customimage",
                        verbose_name="large picture",
                    ),
                ),
                (
                    "join_page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                        verbose_name="page of the call to join",
                    ),
                ),
            ],
            options={
                "verbose_name": "home page",
                "verbose_name_plural": "home pages",
            },
            bases=(
                ecca_site.core.publication.AnnouncedPublication,
                ecca_site.delivery.fallback.FallbackMixin,
                "wagtailcore.page",
            ),
        ),
    ]
