"""Make the renditions of the demo's pictures: while the rest of it is written, or later.

Encoders do not hold Python's lock.
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO

from django.conf import settings

from ecca_site.uploads.models import CustomImage

ON_THE_HOME_PAGE = {
    "brick-reuse",
    "design-table",
    "handshake-map",
    "harbour-export",
    "hero-circular-city",
    "ljubljana",
    "logo-hungary",
    "logo-poland",
    "logo-portugal",
    "logo-serbia",
    "logo-serbia-2",
    "logo-slovenia",
    "logo-spain",
    "network",
    "timber-bridge",
}
LOWEST_PRIORITY = 19


def unfinished() -> list[CustomImage]:
    """Return the pictures that no renditions were made of, nor tried to."""
    return list(CustomImage.objects.filter(made={}).order_by("pk"))


def finish_meanwhile() -> None:
    """Start a process that makes what renditions there are not, and ends.

    It works while nothing else does, and Ctrl+C ends it together with the server. Whatever is still
    missing then is made when somebody looks at it, or at the next start.
    """
    subprocess.Popen(
        [sys.executable, "manage.py", "finish_pictures"],
        cwd=settings.BASE_DIR,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=partial(os.nice, LOWEST_PRIORITY),
    )


class RenditionsMeanwhile:
    """The renditions of pictures, begun at once in threads of their own."""

    def __init__(self, images: Iterable[CustomImage]) -> None:
        self.pool = ThreadPoolExecutor(max_workers=os.cpu_count())
        self.jobs = [(image, self.pool.submit(self._encode, image)) for image in images]

    def save(self) -> None:
        """Wait for the renditions that are not done yet, and write all rows."""
        for image, job in self.jobs:
            job.result()
            image.store_encoded()
        self.pool.shutdown()

    @staticmethod
    def _encode(image: CustomImage) -> None:
        with image.open_file() as file:
            content = file.read()
        image.encode(BytesIO(content))
