from collections import defaultdict
from collections.abc import Iterable
from threading import RLock
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import EMPTY_VALUES
from django.db import connection
from django.db.models import Field, Model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.permissions import policy_registry

from ecca_site.i18n.originals import original_of

from .facts import shared_fields
from .publication import lock_children
from .sent import Reader

Choice = tuple[type[Model], str]  # model and primary key

# Stands among the names of fields that are not validated, where a page need not be whole.
WHOLE = "*whole*"

# Wagtail switches the blocks of a page type, which all threads share, to the rules of a draft and
# back again: nobody else's page may be validated in between, or it would be submitted by these
# rules.
validating = RLock()


class CheckedInput:
    """A form whose texts, tables, choices and blocks are looked at before they are read."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._unreadable: dict[str, ValidationError] = {}
        if self.is_bound:
            self._look_at_input()

    def _look_at_input(self) -> None:
        """Take what cannot be read out of the data, and remember why.

        Raises:
            BadRequest: the form is not whole.
        """
        reader = Reader(self.data, self.files)
        for name, field in self.fields.items():
            sent_name = self.add_prefix(name)
            is_sent = not field.widget.value_omitted_from_data(self.data, self.files, sent_name)
            if field.disabled and not is_sent:
                continue
            error = reader.field_error(field, sent_name)
            if error and not field.disabled:
                self._unreadable[name] = error
        self.data = reader.mended()

    def _clean_fields(self) -> None:
        super()._clean_fields()
        for name, error in self._unreadable.items():
            # What it says of the rest of the field is about a text that nobody wrote.
            self._errors.pop(name, None)
            self.add_error(name, error)


class FollowsOriginal:
    """A form that shows in a translation what it shares with its original.

    Nobody changes it there: such a field is passed over, even if it is sent.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and original_of(self.instance):
            for name in self.fields.keys() & set(shared_fields(type(self.instance))):
                self.fields[name].disabled = True
                self.fields[name].required = False
                self.fields[name].help_text = _("Follows the original, where it is changed.")


class SnippetForm(CheckedInput, FollowsOriginal, WagtailAdminModelForm):
    """The form of snippets that have translations."""


class PageForm(CheckedInput, FollowsOriginal, WagtailAdminPageForm):
    """A form that checks on the server what choosers only hide.

    Whoever chose a picture, a document or a page must be allowed to choose it. A draft may be saved
    with nothing but a title. Where somebody empties a field that the database must have, it stays
    as it was; what is dangerous or cannot be stored is refused in drafts, too.
    """

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._kept_if_empty: list[str] = []

    def defer_required_fields(self) -> None:
        required = [name for name, field in self.fields.items() if field.required]
        super().defer_required_fields()
        for name in required:
            if name == "title":
                continue
            if self.fields[name].required or self._meta.model._meta.get_field(name).has_default():
                self.fields[name].required = False
                self._kept_if_empty.append(name)

    def restore_required_fields(self) -> None:
        super().restore_required_fields()
        for name in self._kept_if_empty:
            self.fields[name].required = True
        self._kept_if_empty = []

    def _clean_fields(self) -> None:
        with validating:
            super()._clean_fields()

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()
        if self.is_deferred_validation:
            excluded.add(WHOLE)
        return excluded

    def clean(self) -> dict[str, Any]:
        self._wait_for_siblings()
        cleaned: dict[str, Any] = super().clean()
        for name in self._kept_if_empty:
            if cleaned.get(name) in EMPTY_VALUES:
                cleaned[name] = getattr(self.instance, name)
        model_fields = {field.name: field for field in self._meta.model._meta.get_fields()}
        for name in cleaned.keys() & self.fields.keys():
            field = model_fields.get(name)
            chosen = chosen_in(field, cleaned[name]) - chosen_in(field, self.initial.get(name))
            if not may_choose(self.for_user, chosen):
                self.add_error(name, _("You may not choose this."))
                # Shown again, the choice would tell what is not this person's to know: its title,
                # its address.
                self.fields[name].bound_data = lambda data, initial: initial
        return cleaned

    def _wait_for_siblings(self) -> None:
        """Let one of two people who give two pages the same slug at once be told so.

        Neither database forbids it.
        """
        if not connection.in_atomic_block:
            return
        if self.instance.pk is None or "slug" in self.changed_data:
            lock_children(self.parent_page)


def chosen_in(field: Field | None, value: Any) -> set[Choice]:
    """Return what a field's value chooses: itself, in its blocks or in its links."""
    if isinstance(value, Model):
        return {(type(value), str(value.pk))}
    if not value or field is None:
        return set()
    if hasattr(field, "extract_references"):
        references = field.extract_references(value)
        return {(model, str(pk)) for model, pk, _model_path, _content_path in references}
    if getattr(field, "many_to_one", False):
        return {(field.related_model, str(value))}
    return set()


def may_choose(user: AbstractUser | None, chosen: Iterable[Choice]) -> bool:
    """Return whether a user may put all these on a page.

    Anything but pictures, documents and pages is left to its field.
    """
    if user is None or user.is_superuser:
        return True
    by_model: dict[type[Model], set[str]] = defaultdict(set)
    for model, pk in chosen:
        by_model[model].add(pk)
    return all(len(pks) == _choosable(user, model, pks) for model, pks in by_model.items())


def _choosable(user: AbstractUser, model: type[Model], pks: set[str]) -> int:
    """Return how many of these a user may choose."""
    if issubclass(model, (AbstractImage, AbstractDocument)):
        policy = policy_registry.get_by_type(model)
        own = policy.instances_user_has_any_permission_for(user, ["choose"])
        return own.filter(pk__in=pks).count()
    if issubclass(model, Page):
        own = policy_registry.get_by_type(Page).explorable_instances(user)
        live = Page.objects.filter(pk__in=pks).live()
        return (live | Page.objects.filter(pk__in=own.filter(pk__in=pks))).count()
    return len(pks)
