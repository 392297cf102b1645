from django.core.management.base import BaseCommand

from ecca_site.demo.pictures import unfinished


class Command(BaseCommand):
    help = "Make the renditions that pictures of the demo lack, one picture after the other."

    def handle(self, **options: object) -> None:
        for image in unfinished():
            image.refresh_from_db()  # meanwhile a visitor may have needed it
            image.sizes()
