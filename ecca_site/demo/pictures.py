"""Make the renditions of the demo's pictures while its texts are written.

Encoders leave Python to the other core.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from ecca_site.uploads.models import CustomImage


class RenditionsMeanwhile:
    """The renditions of pictures, begun at once in a thread of their own."""

    def __init__(self, images: Iterable[CustomImage]) -> None:
        self.pool = ThreadPoolExecutor(max_workers=1)
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
