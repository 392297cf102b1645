"""Make the renditions of the demo's pictures while the rest of it is written.

Encoders do not hold Python's lock.
"""

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from ecca_site.uploads.models import CustomImage


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
