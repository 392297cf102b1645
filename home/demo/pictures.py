"""Make the renditions of the demo's pictures while its texts are written: encoders leave Python to the other core."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from wagtail.images.models import Filter

from ecca_site.core.images import RENDITION_SPECS, Rendition


class RenditionsMeanwhile:
    """Starts at once; ``save`` waits for what is not done yet and writes all rows."""

    def __init__(self, images):
        self.pool = ThreadPoolExecutor(max_workers=1)
        self.jobs = [self.pool.submit(self._encode, image) for image in images]

    def save(self):
        for job in self.jobs:
            Rendition.objects.bulk_create(job.result())
        self.pool.shutdown()

    @staticmethod
    def _encode(image):
        with image.open_file() as file:
            content = file.read()
        return [image.generate_rendition_instance(Filter(spec), BytesIO(content)) for spec in RENDITION_SPECS]
