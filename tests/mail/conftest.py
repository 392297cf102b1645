from tests.moderation.conftest import (
    editor,
    kept_directory,
    moderator,
    partners,
    profile,
    submit,
    time_travel,
)

__all__ = ["editor", "kept_directory", "moderator", "partners", "profile", "submit", "time_travel"]
