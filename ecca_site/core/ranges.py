"""A part of a file, as players of films ask for it (RFC 9110, 14.2): some play nothing from a server without parts."""

import re
from http import HTTPStatus

from django.http import HttpResponse, StreamingHttpResponse

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$")
CHUNK = 64 * 1024  # bytes


def partial(request, response):
    """Return the part of a ``FileResponse`` that the request wants, or the whole: more than one part is ignored."""
    if response.status_code != HTTPStatus.OK or request.method != "GET":
        return response
    response["Accept-Ranges"] = "bytes"
    wanted = ONE_RANGE.match(request.headers.get("Range", ""))
    if wanted is None or wanted.groups() == ("", "") or "If-Range" in request.headers:
        return response
    size = int(response["Content-Length"])
    file, (first, last) = response.file_to_stream, bounds(*wanted.groups(), size)
    if first > last:
        file.close()
        return HttpResponse(
            status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers={"Content-Range": f"bytes */{size}"}
        )
    file.seek(first)
    part = StreamingHttpResponse(chunks(file, last - first + 1), status=HTTPStatus.PARTIAL_CONTENT)
    part.headers = response.headers
    part._resource_closers.append(file.close)
    part["Content-Range"] = f"bytes {first}-{last}/{size}"
    part["Content-Length"] = str(last - first + 1)
    return part


def bounds(first, last, size):
    """Return the first and the last byte; the first is behind the last where there is no such part."""
    if not first:  # the last so many bytes
        return max(size - int(last), 0), size - 1
    first = int(first)
    last = min(int(last), size - 1) if last else size - 1
    return (first, last) if first <= last else (1, 0)


def chunks(file, number):
    while number and (content := file.read(min(CHUNK, number))):
        number -= len(content)
        yield content
