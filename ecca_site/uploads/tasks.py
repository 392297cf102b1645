from django_tasks import task

from .images import CustomImage


@task()
def make_renditions(image_id: int) -> None:
    """Make all renditions of a picture; a picture deleted meanwhile needs none."""
    image = CustomImage.objects.filter(pk=image_id).first()
    if image is not None:
        image.make_or_fail()
