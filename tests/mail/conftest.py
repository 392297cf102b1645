from tests.moderation.conftest import (
    editor,
    moderator,
    partners,
    profile,
    submit,
    time_travel,
)

__all__ = ["editor", "moderator", "partners", "profile", "submit", "time_travel"]
