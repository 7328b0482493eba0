"""What a file is by its first bytes, where it is none that can be screened: named for what it is, with how to save it.

People call a workbook people.csv, and web pages are sent out as people.xls.
"""

from __future__ import annotations

import re
from typing import NamedTuple

LOOKED_AT = 4096  # bytes
PARQUET = b"PAR1"
AS_CSV = "Open it in the program that made it and save it as CSV (UTF-8)."
UNPACK = "Unpack it, and screen the CSV file that is in it."


class Kind(NamedTuple):
    """What a file is, and what to do."""

    says: str
    remedy: str


def _named(what: str, remedy: str = AS_CSV) -> Kind:
    return Kind(f"This is {what}, and no CSV file, whatever its name.", remedy)


_SHEET = "Open it, choose the sheet with the people, and save that as CSV UTF-8 (File, Save As)."
WORKBOOK, OLD_WORKBOOK = _named("an Excel workbook", _SHEET), _named("an old Office file, such as an .xls", _SHEET)
OPEN_DOCUMENT, ZIP = _named("an OpenDocument file, such as an .ods", _SHEET), _named("a zip archive", UNPACK)
WORD = _named("a Word document", "Copy its table into a spreadsheet, and save that as CSV.")
PAGE = _named("a web page", "Open it in a spreadsheet and save it as CSV UTF-8. Some programs call such a page .xls.")
XML = _named("XML", "Open it in a spreadsheet and save it as CSV UTF-8.")
PDF = _named("a PDF", "Ask whoever sent it for the data as CSV.")
JSON = _named("JSON", "Ask for the data as CSV, or turn it into CSV.")

_STARTS = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": OLD_WORKBOOK,
    b"\x1f\x8b": _named("a gzip archive", UNPACK),
    b"BZh": _named("a bzip2 archive", UNPACK),
    b"\xfd7zXZ\0": _named("an xz archive", UNPACK),
    b"7z\xbc\xaf\x27\x1c": _named("a 7z archive", UNPACK),
    b"Rar!\x1a\x07": _named("a rar archive", UNPACK),
    b"\x28\xb5\x2f\xfd": _named("a zstd archive", UNPACK),
    b"%PDF-": PDF,
    b"{\\rtf": _named("a rich text document", "Copy its table into a spreadsheet, and save that as CSV."),
    b"SQLite format 3\0": _named("a database (SQLite)", "Write the table that you want out as CSV."),
    b"ARROW1\0\0": _named("an Arrow (Feather) file", "Save it as Parquet or CSV."),
    b"\x89PNG": _named("a picture", "Ask whoever sent it for the data as CSV."),
    b"\xff\xd8\xff": _named("a picture", "Ask whoever sent it for the data as CSV."),
}
# Only white space or a comment may stand before the mark.
_PAGE = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|body|table|meta)\b", re.I | re.S
)
_XML = re.compile(rb"\s*<\?xml\b")
_JSON = re.compile(rb'\s*(?:\[\s*)?\{\s*"[^"]*"\s*:')


def file_kind(start: bytes) -> Kind | None:
    """What a file with these first bytes is; None where it may well be CSV or Parquet."""
    if start.startswith(b"PK\x03\x04"):
        return _zipped(start)
    if found := next((kind for mark, kind in _STARTS.items() if start.startswith(mark)), None):
        return found
    text = _plain(start)
    return PAGE if _PAGE.match(text) else XML if _XML.match(text) else JSON if _JSON.match(text) else None


def _zipped(start: bytes) -> Kind:
    """What is in a zip archive, by the names of its first parts."""
    if b"mimetypeapplication/vnd.oasis.opendocument" in start:
        return OPEN_DOCUMENT
    if b"word/" in start:
        return WORD
    return WORKBOOK if b"xl/" in start or b"[Content_Types].xml" in start else ZIP


def _plain(start: bytes) -> bytes:
    """The bytes as text of one byte a letter, without a mark of their order."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if start.startswith(mark):
            return start[2:].decode(encoding, "replace").encode("ascii", "replace")
    return start.removeprefix(b"\xef\xbb\xbf")
