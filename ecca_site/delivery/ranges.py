"""A part of a file, as players of films ask for it (RFC 9110, 14.2).

Some players play nothing from a server that sends no parts.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})$")
CHUNK = 64 * 1024  # bytes


def partial(
    request: HttpRequest, response: FileResponse
) -> FileResponse | StreamingHttpResponse | HttpResponse:
    """Return the part of a file that a request wants; the whole where it wants several parts."""
    if response.status_code != HTTPStatus.OK or request.method != "GET":
        return response
    response["Accept-Ranges"] = "bytes"
    wanted = ONE_RANGE.match(request.headers.get("Range", ""))
    if wanted is None or "If-Range" in request.headers:
        return response
    begin, end = wanted.groups()
    if not begin and not end:
        return response
    size = int(response["Content-Length"])
    file = response.file_to_stream
    first, last = bounds(begin, end, size)
    if first > last:
        file.close()
        return HttpResponse(
            status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            headers={"Content-Range": f"bytes */{size}"},
        )
    file.seek(first)
    part = StreamingHttpResponse(chunks(file, last - first + 1), status=HTTPStatus.PARTIAL_CONTENT)
    part.headers = response.headers
    part._resource_closers.append(file.close)
    part["Content-Range"] = f"bytes {first}-{last}/{size}"
    part["Content-Length"] = str(last - first + 1)
    return part


def bounds(begin: str, end: str, size: int) -> tuple[int, int]:
    """Return the first and the last byte of a part; the first is behind where there is none.

    Without a beginning the end says how many bytes are wanted from the end of the file.
    """
    if not begin:
        return max(size - int(end), 0), size - 1
    first = int(begin)
    last = size - 1
    if end:
        last = min(int(end), last)
    if first > last:
        return 1, 0
    return first, last


def chunks(file: IO[bytes], number: int) -> Iterator[bytes]:
    """Yield so many bytes of a file, piece by piece, or fewer where it ends before."""
    while number:
        content = file.read(min(CHUNK, number))
        if not content:
            return
        number -= len(content)
        yield content
