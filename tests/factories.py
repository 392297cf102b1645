"""Live pages for tests, each with the least it needs."""

import datetime
from io import BytesIO
from itertools import count

from django.core.files.images import ImageFile
from PIL import Image as PillowImage
from wagtail.models import Locale, Site

from conferences.models import ConferenceIndexPage, ConferencePage
from ecca_site.access.site_setup import setup_site
from ecca_site.uploads.models import CustomImage
from home.models import ContentPage, HomePage
from news.models import NewsIndexPage, NewsPage
from partners.models import PartnerIndexPage, PartnerPage

numbers = count(1)


def make_image(title="Picture", size=(1200, 750), kind="png"):
    content = BytesIO()
    PillowImage.new("RGB", size, (15, 61, 58)).save(content, kind)
    return CustomImage.objects.create(
        title=title, file=ImageFile(content, name=f"picture-{next(numbers)}.{kind}")
    )


def home_of(language_code="en"):
    """Return the live home page of a language; the others are translations of the English one."""
    locale = Locale.objects.get(language_code=language_code)
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        home = Site.objects.get().root_page.specific.copy_for_translation(locale)
    if not home.live:
        home.title = f"ECCA {language_code}"
        home.save_revision().publish()
        home.refresh_from_db()
    return home


def add(parent, model, title=None, **fields):
    number = next(numbers)
    page = model(title=title or f"{model.__name__} {number}", locale=parent.locale, **fields)
    page = parent.add_child(instance=page)
    page.save_revision().publish()
    return model.objects.get(pk=page.pk)


def translated(page, language_code, title=None, **fields):
    """Return a live translation of ``page``; the page above it must have one already."""
    copy = page.copy_for_translation(Locale.objects.get(language_code=language_code))
    for name, value in {"title": title or f"{page.title} {language_code}", **fields}.items():
        setattr(copy, name, value)
    copy.save_revision().publish()
    return type(page).objects.get(pk=copy.pk)


def change(instance, **values):
    """Publish a change of a page or snippet, as it is by now, and return it."""
    instance = type(instance).objects.get(pk=instance.pk)
    for name, value in values.items():
        setattr(instance, name, value)
    instance.save_revision().publish()
    return instance


def linking(document):
    """Return the body of a content page that links a document."""
    value = f'<p><a linktype="document" id="{document.pk}">{document.title}</a></p>'
    block = ContentPage._meta.get_field("body").stream_block
    return block.to_python([{"type": "paragraph", "value": value}])


def add_content(parent, **fields):
    return add(parent, ContentPage, **fields)


def add_news_index(home, **fields):
    return add(home, NewsIndexPage, "News", slug="news", **fields)


def add_news(index, **fields):
    values = {"date": datetime.date(2026, 5, 1), "topic": "events", "summary": "What happened."}
    return add(index, NewsPage, **values | fields)


def add_partner_index(home, **fields):
    return add(home, PartnerIndexPage, "Partners", slug="partners", **fields)


def add_both_partner_indexes():
    """Return the English directory, which has a Slovenian translation and, as that, its
    moderators.
    """
    english = add_partner_index(home_of())
    home_of("sl")
    translated(english, "sl", "Partnerji", slug="partnerji")
    setup_site()
    return english


def add_both_conference_indexes():
    """Return the English list of conferences, which has a Slovenian translation."""
    english = add_conference_index(home_of())
    home_of("sl")
    translated(english, "sl")
    setup_site()
    return english


def add_partners_and_conferences():
    """Return the English lists of both by their names, with the groups and workflows of both."""
    home = home_of()
    sections = {"partners": add_partner_index(home), "conferences": add_conference_index(home)}
    setup_site()
    return sections


def section(add):
    """Return a list page of one kind below the English home page, with the groups and workflows of
    its section.
    """
    index = add(home_of())
    setup_site()
    return index


def add_partner(index, **fields):
    return add(
        index,
        PartnerPage,
        **{"legal_name": "Cluster", "country": "SI", "city": "Ljubljana"} | fields,
    )


def add_conference_index(home, **fields):
    return add(home, ConferenceIndexPage, "Conferences", slug="conferences", **fields)


def add_conference(index, **fields):
    values = {
        "start_at": datetime.datetime(2031, 6, 10, 7, tzinfo=datetime.UTC),
        "end_at": datetime.datetime(2031, 6, 11, 15, tzinfo=datetime.UTC),
        "city": "Maribor",
        "country": "SI",
        "summary": "We meet.",
    }
    return add(index, ConferencePage, **values | fields)
