"""What a version chooses and links to, as Wagtail's reference index finds it.

The index knows what rows hold; this reads drafts and submitted versions, too.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import ReferenceIndex, Revision

from .choices import keys_alone

MOST_DIGITS = 18  # of a primary key

References = dict[type[Model], set[str]]  # primary keys of what is referred to, by model


def references_of(instance: Model) -> References:
    """Return what an object refers to in its fields, streams, texts and child relations.

    It asks the database for nothing: what is referred to may be gone. What cannot be a key, as a
    text that somebody made up may hold it, refers to nothing.
    """
    found: References = {}
    with keys_alone():
        for content_type_id, key, *_paths in ReferenceIndex._extract_references_from_object(
            instance
        ):
            if key.isdecimal() and len(key) <= MOST_DIGITS:
                model = ContentType.objects.get_for_id(content_type_id).model_class()
                found.setdefault(model, set()).add(key)
    return found


def content_of(revision: Revision) -> Model:
    """Return the object of a version from its content alone, without looking up what it names."""
    model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
    return model.from_serializable_data(revision.content, check_fks=False)
