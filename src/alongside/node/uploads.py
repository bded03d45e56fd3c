"""What a person sends stays in memory until it is sealed; it never lies on a disk in clear, not even for
a moment."""

from __future__ import annotations

import io
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

BYTES_MAX = 5 * 1024 * 1024
# The multipart wrapping around a file of just under the limit.
WRAPPING = 64 * 1024


class InMemory(FileUploadHandler):
    """Keeps files in memory, 5 MB in all for one request, and refuses the rest before reading it."""

    def handle_raw_input(self, input_data: Any, META: dict[str, Any], content_length: int, boundary: Any,
                         encoding: str | None = None) -> None:
        """Refuse what says beforehand that it is too big."""
        self.taken = 0
        if content_length > BYTES_MAX + WRAPPING:
            raise RequestDataTooBig

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin one file."""
        super().new_file(*args, **kwargs)
        self.file = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece; refuse what turns out to be too big after all."""
        self.taken += len(raw_data)
        if self.taken > BYTES_MAX:
            raise RequestDataTooBig
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The whole file, in memory."""
        self.file.seek(0)
        return InMemoryUploadedFile(
            file=self.file, field_name=self.field_name, name=self.file_name or "", size=file_size,
            content_type=self.content_type or "", charset=self.charset,
            content_type_extra=self.content_type_extra)
