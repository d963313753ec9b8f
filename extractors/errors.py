"""Why a document could not be read: one class per cause, each with a stable code and what to do next."""


class UnreadableDocument(Exception):
    """A document that yields no extraction. `retryable` is true where the same file may be readable later."""

    code = "unreadable"
    action = "Open the file yourself; if it opens, ask the issuer for a fresh copy and drop that one."
    retryable = False

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class EmptyDocument(UnreadableDocument):
    """A file of zero bytes, as a scanner leaves it before it writes."""

    code = "empty"
    action = "Wait until the copy has finished, or drop the file again."
    retryable = True


class DamagedDocument(UnreadableDocument):
    """A file that starts like a known kind but does not hold together (cut off, broken structure)."""

    code = "damaged"
    action = "Download or scan the certificate again and drop the new file."
    retryable = True


class EncryptedDocument(UnreadableDocument):
    """A PDF that does not open with an empty password."""

    code = "encrypted"
    action = "Open it with its password, print it to a new PDF, and drop that one."


class UnsupportedDocument(UnreadableDocument):
    """A file of a kind that is not a certificate document."""

    code = "unsupported"
    action = "Drop a PDF, PNG, JPEG, WebP, TIFF or HEIC file."


class OversizedDocument(UnreadableDocument):
    """A file beyond the limits of bytes, pages or pixels."""

    code = "oversized"
    action = "Drop only the pages that show the certificate, or scan at a lower resolution."


class MissingEngine(UnreadableDocument):
    """The OCR program or a language it needs is not installed."""

    code = "engine_missing"
    action = "Run `recert doctor`; it names the package to install."
    retryable = True
