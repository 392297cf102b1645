from django.db import models


class FirstLanguage(models.Model):
    """The language that something was written in first, where that is not the site's own.

    It stays when the original is deleted: no translation becomes one. Of a snippet that is deleted
    before its translations it is kept whichever it is.
    """

    translation_key = models.UUIDField(primary_key=True)
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.translation_key}: {self.locale_id}"
