"""A reader for the tests of the flows: the document says in three lines what it wants to have read."""

from extractors.errors import DamagedDocument
from pipeline.readers.wire import Answer, Reader, ReadFailure, Task
from tests.pipeline.extractions import extraction


def spoken(task: Task) -> Reader:
    def read(data: bytes) -> Answer:
        holder, course, code = data.decode().split("\n")
        if holder == "damaged":
            return Answer(failure=ReadFailure("damaged", "It is cut off.", DamagedDocument.action, retryable=False))
        read = extraction(holder_name=holder, course_name=course, validation_code=code, verify_url=None)
        return Answer(extractions=(read,))

    return read
