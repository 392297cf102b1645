"""The limits of the page editor's forms, for texts that never pass through such a form."""

from collections.abc import Collection, Iterator

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.blocks import StreamBlockValidationError, StreamValue
from wagtail.fields import StreamField

from ecca_site.core.streams import visits

from ..localize.segments import field_of

Positions = tuple[int | str, ...]  # as ``core.streams.Visit`` has them


def check_texts(instance: models.Model, places: Collection[str]) -> None:
    """Hold the texts at these places of a page or snippet against its fields and blocks.

    Raises:
        ValidationError: the errors by place. Errors elsewhere are no fault of the texts.
    """
    errors: dict[str, list[ValidationError]] = {}
    for name in dict.fromkeys(field_of(place) for place in places):
        field = instance._meta.get_field(name)
        try:
            if isinstance(field, StreamField):
                value = field.value_from_object(instance)
                value.stream_block.clean(value)
            elif isinstance(field, (models.CharField, models.TextField)):
                field.formfield().clean(field.value_from_object(instance))
        except StreamBlockValidationError as error:
            for path, found in _errors_of_stream(value, error).items():
                errors[f"{name}.{path}"] = found
        except ValidationError as error:
            errors[name] = error.error_list
    errors = {place: found for place, found in errors.items() if place in places}
    if errors:
        raise ValidationError(errors)


def _errors_of_stream(
    stream: StreamValue, error: StreamBlockValidationError
) -> dict[str, list[ValidationError]]:
    """Return the errors of a stream by the content paths of wagtail-localize."""
    by_position = dict(_flat((), error))
    found = {}
    for visit in visits(stream.stream_block, stream):
        if visit.positions in by_position:
            found[".".join(visit.path)] = by_position[visit.positions]
    return found


def _flat(
    positions: Positions, error: ValidationError
) -> Iterator[tuple[Positions, list[ValidationError]]]:
    """Yield the errors of blocks that hold no others, by where they stand."""
    block_errors = getattr(error, "block_errors", None)
    if block_errors is None:
        yield positions, error.error_list
        return
    for position, within in block_errors.items():
        yield from _flat((*positions, position), within)
