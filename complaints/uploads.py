"""Evidence on its way in: kept in memory until it is sealed, never written to a disk in the clear."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from .kinds import MOST_BYTES


class InMemory(FileUploadHandler):
    """Takes files up to the limit; what lies beyond is read and dropped, and `is_over` says so."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.taken = 0
        self.is_over = False
        self.content = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep a piece of it, while there is room."""
        self.taken += len(raw_data)
        if self.taken > MOST_BYTES:
            self.is_over = True
        else:
            self.content.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file, read from its beginning."""
        self.content.seek(0)
        return InMemoryUploadedFile(
            file=self.content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=len(self.content.getbuffer()),
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


def keep_in_memory(request: HttpRequest) -> InMemory:
    """Have the files of this request kept in memory. To be called before its form is read."""
    handler = InMemory(request)
    request.upload_handlers = [handler]
    return handler
