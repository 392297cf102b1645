from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict


class UploadNotesMiddleware:
    """Tell whoever uploaded a picture what became of it on its way in (see ``uploads.conversion``).

    In most places a script sends Wagtail's forms for pictures. It passes on a header of ours.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            return response
        if request.method != "POST" or request.content_type != "multipart/form-data":
            return response
        text = self.notes_on(request.FILES)
        if text and request.headers.get("x-requested-with") == "XMLHttpRequest":
            response["X-Upload-Notes"] = quote(text)
        elif text:
            messages.info(request, text)
        return response

    @staticmethod
    def notes_on(files: MultiValueDict[str, UploadedFile]) -> str:
        """Return the notes that the fields of pictures have left on the uploads of a request."""
        notes = []
        for file in files.values():
            if getattr(file, "notes", ()):
                notes.append(f"{file.uploaded_name}: {' '.join(file.notes)}")
        return " ".join(notes)
