"""The limits that the page editor's forms hold, for texts that never pass through such a form."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.blocks import StreamBlockValidationError
from wagtail.fields import StreamField


def check_texts(page, places):
    """Hold the texts at these places of a page against the limits of its fields and blocks.

    Raises:
        ValidationError: by place, what is wrong there. What is wrong elsewhere is no fault of the texts.
    """
    errors = {}
    for name in dict.fromkeys(place.partition(".")[0] for place in places):
        field = page._meta.get_field(name)
        try:
            if isinstance(field, StreamField):
                value = field.value_from_object(page)
                value.stream_block.clean(value)
            elif isinstance(field, (models.CharField, models.TextField)):
                field.formfield().clean(field.value_from_object(page))
        except StreamBlockValidationError as error:
            errors |= {f"{name}.{path}": found for path, found in _errors_of_stream(value, error)}
        except ValidationError as error:
            errors[name] = error.error_list
    errors = {place: found for place, found in errors.items() if place in places}
    if errors:
        raise ValidationError(errors)


def _errors_of_stream(value, error):
    for index, found in error.block_errors.items():
        yield from _errors_of(value[index].id, value[index].value, found)


def _errors_of(path, value, error):
    """Yield the content path of wagtail-localize and the errors of each text that is not valid."""
    block_errors = getattr(error, "block_errors", None)
    if block_errors is None:
        yield path, error.error_list
    elif hasattr(value, "stream_block"):
        for place, found in _errors_of_stream(value, error):
            yield f"{path}.{place}", found
    elif hasattr(value, "bound_blocks") and hasattr(value, "list_block"):
        for index, found in block_errors.items():
            child = value.bound_blocks[index]
            yield from _errors_of(f"{path}.{child.id}", child.value, found)
    else:
        for name, found in block_errors.items():
            child = value.get(name) if hasattr(value, "get") else None
            yield from _errors_of(f"{path}.{name}", child, found)
