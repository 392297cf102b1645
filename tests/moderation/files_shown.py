"""The files that visitors get: each is one that a seal names, and no byte of it is another."""

import re
from io import BytesIO

from django.conf import settings
from wagtail.models import Page
from wagtail.utils.file import hash_filelike

from conferences.models import Speaker
from ecca_site.moderation.models import Seal
from ecca_site.moderation.sealing.things import digest_of, things_of
from ecca_site.uploads.models import CustomDocument, CustomImage, Rendition

FILES = re.compile(r"/(?:media|documents)/[^\s\"'<>?,)]+")
KINDS = {CustomImage: "uploads.customimage", CustomDocument: "uploads.customdocument"}


def files_in(html):
    return set(FILES.findall(html))


class Files:
    """The files that were approved so far: what was live in the beginning, and what seals name."""

    made = {}  # renditions by the content of their picture, which take long to make

    def __init__(self):
        self.approved = set()
        for page in Page.objects.filter(live=True, depth__gt=1).exclude(live_revision=None):
            self.take(things_of(page.live_revision))
        for speaker in Speaker.objects.live().exclude(live_revision=None):
            self.take(things_of(speaker.live_revision))

    def take(self, things):
        self.approved |= {(thing.kind, thing.key, thing.mark) for thing in things}

    def approve(self, task_state):
        """Take for approved what the seal of a version names, by which it was approved."""
        for seal in Seal.objects.filter(task_state=task_state):
            self.approved |= {(kind, key, mark) for kind, key, mark, _name in seal.things}

    def fault(self, visitor, path):
        """Return what is wrong with the file that a visitor gets at an address, "" if nothing."""
        response = visitor.get(path)
        content = b"".join(response)
        if response.status_code != 200:
            return f"is answered by {response.status_code}"
        if path.startswith("/documents/"):
            file = CustomDocument.objects.get(pk=path.split("/")[2])
            original = content
        else:
            name = path.removeprefix(settings.MEDIA_URL)
            rendition = Rendition.objects.select_related("image").get(file=name)
            file = rendition.image
            with file.open_file() as opened:
                original = opened.read()
            if content != self.rendition_of(file, original, rendition.filter_spec):
                return "shows another picture"
        if not self.is_approved(file, original):
            return "is named by no seal"
        return ""

    def is_approved(self, file, content):
        mark = digest_of(
            [hash_filelike(BytesIO(content)), file.file.name, getattr(file, "credit", "")]
        )
        return (KINDS[type(file)], str(file.pk), mark) in self.approved

    def rendition_of(self, image, content, spec):
        key = (content, spec)
        if key not in self.made:
            image.encode(BytesIO(content), [spec])
            [rendition] = image.encoded
            self.made[key] = rendition.file.read()
        return self.made[key]
