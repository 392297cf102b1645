"""Work that waits in the demo for a decision or a translation: its people find something to do."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from wagtail.models import Locale, Page

from ecca_site.translation.localize.records import StringSegment, StringTranslation, Translation
from ecca_site.translation.models import ChangeNote
from ecca_site.translation.staleness.notes import keep
from ecca_site.translation.submission.requests import request_translation
from ecca_site.translation.submission.submit import submit
from news.models import NewsIndexPage, NewsPage, Topic

CHANGED = "news.second-life-of-bricks"
ENGLISH = (
    "From the old wall to the test bench and the pallet: what makes reclaimed bricks as dependable "
    "as new ones."
)
SLOVENIAN = (
    "Od starega zidu čez preskusno mizo do palete: zaradi česa je rabljena opeka enako zanesljiva "
    "kot nova."
)
HUNGARIAN_TITLE = "Az ECCA-ról"


def submit_changes(pages: dict[str, Page]) -> None:
    """Submit a change to a live profile and a new news item, as the communications editor."""
    editor = get_user_model().objects.get(username="editor")
    loaded = pages["partners.construction-cluster-of-slovenia"]
    profile = loaded.specific_class.objects.get(pk=loaded.pk)
    profile.seeks = f"{profile.seeks} Partners who test reclaimed bricks and timber are welcome."
    _submit(profile, editor)
    index = NewsIndexPage.objects.get(pk=pages["news"].pk)
    first = pages["news.book-the-date"]
    item = NewsPage(
        title="A workshop on reading old buildings",
        slug="workshop-on-reading-old-buildings",
        summary="How to find out what a building is made of before anybody takes it apart.",
        date=pages["news.next-conference-2027"].date,
        topic=Topic.EVENTS,
        lead_image=first.lead_image,
        lead_image_alt=first.lead_image_alt,
        sample_note=pages["news.next-conference-2027"].sample_note,
        locale=index.locale,
        live=False,
    )
    item.body = [
        ("paragraph", "<p>Two afternoons with surveyors, for members of all partner clusters.</p>")
    ]
    index.add_child(instance=item)
    _submit(item, editor)


def _submit(page: Page, user: AbstractUser) -> None:
    page.save_revision(user=user)
    page.get_workflow().start(page, user)


def change_a_source(pages: dict[str, Page]) -> None:
    """Change an English news item after its translation.

    The Polish and Spanish translations are out of date then, the Slovenian one waits for its
    review, and a Hungarian page is begun.
    """
    users = get_user_model().objects
    page = NewsPage.objects.get(pk=pages[CHANGED].pk)
    page.summary = ENGLISH
    revision = page.save_revision(user=users.get(username="editor"))
    keep(ChangeNote(note="The bricks are tested now before they are sold."), revision.pk)
    revision.publish()
    translation = Translation.objects.get(
        source__object_id=page.translation_key, target_locale__language_code="sl"
    )
    _write(translation, "summary", SLOVENIAN)
    submit(translation, users.get(username="translator"))
    about = pages["about"]
    hungarian = request_translation(
        about, Locale.objects.get(language_code="hu"), users.get(username="editor")
    )
    _write(hungarian, "title", HUNGARIAN_TITLE)


def leave_a_draft_behind(pages: dict[str, Page]) -> None:
    """Begin a Spanish translation of a draft that is deleted then: it has no original any more."""
    index = NewsIndexPage.objects.get(pk=pages["news"].pk)
    source = pages["news.book-the-date"]
    item = NewsPage(
        title="A walk through a warehouse of windows",
        slug="warehouse-of-windows",
        summary="Where windows wait for their second house.",
        date=source.date,
        topic=Topic.EVENTS,
        locale=index.locale,
        live=False,
    )
    index.add_child(instance=item)
    request_translation(
        item,
        Locale.objects.get(language_code="es"),
        get_user_model().objects.get(username="editor"),
    )
    item.delete()


def leave_a_copy_behind(pages: dict[str, Page]) -> None:
    """Leave a Hungarian alias of an English page offline, as older sites are full of them."""
    page = pages["accessibility"].copy_for_translation(
        Locale.objects.get(language_code="hu"), alias=True
    )
    type(page).objects.filter(pk=page.pk).update(live=False)


def _write(translation: Translation, place: str, text: str) -> None:
    segment = StringSegment.objects.get(source=translation.source, context__path=place)
    StringTranslation.objects.create(
        translation_of=segment.string,
        locale=translation.target_locale,
        context=segment.context,
        data=text,
    )
