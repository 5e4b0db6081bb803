"""Files that are only looked at: they are held in memory and never touch a disk.

Django writes what is larger than 2.5 MB into a temporary file, unless a view says otherwise
before its POST is read.
"""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class HeldInMemory(FileUploadHandler):
    """Takes files of `most` bytes; of a larger one it keeps nothing, and `is_too_large` says
    so."""

    def __init__(self, request: HttpRequest, most: int) -> None:
        super().__init__(request)
        self.most = most
        self.is_too_large = False
        self._held = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > self.most:
            self._held = BytesIO()
            self.is_too_large = True
            raise SkipFile
        self._held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self._held.seek(0)
        return InMemoryUploadedFile(
            self._held,
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            file_size,
            self.charset,
            self.content_type_extra,
        )
