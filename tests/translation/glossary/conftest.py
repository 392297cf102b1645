from tests.translation.texts.conftest import *  # noqa: F403  a translation to work on
