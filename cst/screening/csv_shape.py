"""What kind of file it is, found out by reading it once: its letters, separator, line ends, columns and rows.

A file that keeps to the rules (RFC 4180, UTF-8, one kind of line end) can go through DuckDB; of any other the cells
are read here, row by row, and where even that would be a guess it is refused, with the line. Both ways must come to the
same cells: what DuckDB would read in its own manner (blanks beside quotes) is read here, in any file.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import IO, NamedTuple

from cst.screening.file_kind import LOOKED_AT as KIND_LOOKED_AT
from cst.screening.file_kind import PARQUET, file_kind
from cst.screening.people_file import PIECE, People, binary

LOOKED_AT = 4  # pieces searched for cells with line ends before it is taken that there are none
MOST_LINE = 1 << 24  # characters in one row; what is longer was not meant
SEPARATORS = (",", ";", "\t", "|")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OTHERS = bytes(one for one in range(256) if one not in b'"\n')
_BLANK_BESIDE_QUOTE = re.compile(rb'[,;\t|\r\n] +"|" +[,;\t|\r\n"]')
_WINDOWS = "windows-1252"  # how letters that are not UTF-8 are read, each for itself
csv.field_size_limit(MOST_LINE)


def _windows_letters(error: UnicodeError) -> tuple[str, int]:
    """What Windows-1252 makes of bytes that are not UTF-8.

    Raises:
        UnicodeDecodeError: it makes nothing of them either.
    """
    if not isinstance(error, UnicodeDecodeError) or not error.encoding.startswith("utf-8"):
        raise error
    return error.object[error.start : error.end].decode("cp1252"), error.end


codecs.register_error(_WINDOWS, _windows_letters)


class Shape(NamedTuple):
    """What was found out about a file."""

    encoding: str
    separator: str
    header: tuple[str, ...]
    ends: str  # what ends a line, where all lines end so
    rows: int  # after the header, as long as `thorough` or no cell has a line end
    skipped: int  # lines before the header: one, where it says "sep=;"
    regular: bool  # it can go through DuckDB as it is
    multiline: bool
    thorough: bool  # every quote was looked at
    quotes: bool = True  # there may be some: without any, no cell has a separator or a line end in it


class BadFile(ValueError):
    """A file that cannot be used, with the line and what to do."""

    def __init__(self, code: str, line: int, says: str, remedy: str) -> None:
        super().__init__(f"{line}: {says} {remedy}")
        self.code = code
        self.line = line
        self.says = says
        self.remedy = remedy


class Counted(NamedTuple):
    """What a pass over the bytes found."""

    rows: int
    regular: bool
    utf8: bool
    crlf: bool
    multiline: bool
    nuls: int
    size: int
    quotes: bool = True


def glanced(file: IO[bytes]) -> Counted | None:
    """Goes through a file quickly: its line ends as they stand, whether or not inside quotes.

    Returns:
        None where the file needs a thorough look: cells with line ends, or line ends of several kinds.
    """
    rows = returns = size = nuls = quotes = 0
    last, start, blanks = b"", io.BytesIO(), _Blanks()
    while piece := file.read(PIECE):
        size += len(piece)
        if start.tell() < LOOKED_AT * PIECE:
            start.write(piece)
        nuls += b"\0" in piece
        quotes += b'"' in piece
        blanks.look(piece)
        returns += piece.count(b"\r") if b"\r" in piece else 0
        rows += piece.count(b"\n")
        last = piece[-1:]
    start.seek(0)
    if nuls or blanks.look(b"\n") or returns not in (0, rows) or counted(start).multiline:
        return None
    return Counted(rows + (last not in (b"\n", b"")), True, True, returns > 0, False, 0, size, quotes > 0)


def counted(file: IO[bytes]) -> Counted:
    """Goes through a file once, from where it stands: rows by their line ends, not counting those inside quotes."""
    rows = lines = nuls = size = blank = 0
    returns = pairs = 0
    inside = False
    utf8, last, blanks = True, b"", _Blanks()
    decoder = codecs.getincrementaldecoder("utf-8")()
    while piece := file.read(PIECE):
        size += len(piece)
        if not piece.isascii() or decoder.getstate()[0]:
            utf8 = utf8 and _decodes(decoder, piece)
        blanks.look(piece)
        nuls += piece.count(b"\0") if b"\0" in piece else 0
        if b"\r" in piece or last == b"\r":
            returns += piece.count(b"\r")
            pairs += piece.count(b"\r\n") + (last == b"\r" and piece[:1] == b"\n")
        edge = last + piece[:2]
        blank += b"\n\n" in piece or b"\n\r\n" in piece or b"\n\n" in edge or b"\n\r\n" in edge
        newlines = piece.count(b"\n")
        lines += newlines
        if b'"' not in piece:
            rows += 0 if inside else newlines
        else:
            # Quotes and line ends alone; two quotes with no line end between them open and close, or close and open.
            parts = piece.translate(None, _OTHERS).replace(b'""', b"").split(b'"')
            rows += sum(map(len, parts[1::2] if inside else parts[::2]))
            inside ^= not len(parts) % 2
        last = piece[-2:] if piece[-1:] == b"\n" else piece[-1:]
    ended = last[-1:] in (b"\n", b"")
    crlf = returns > 0 and returns == pairs == lines
    whole = (utf8 and not decoder.getstate()[0]) if size else True
    regular = whole and not (nuls or blank or inside or blanks.look(b"\n")) and (returns == 0 or crlf)
    return Counted(rows + (not ended), regular, whole, crlf, rows != lines, nuls, size)


class _Blanks:
    """Whether there are blanks beside quotes at the edge of a cell, found out piece by piece."""

    def __init__(self) -> None:
        self.found = False
        self.rest = b"\n"

    def look(self, piece: bytes) -> bool:
        """Looks at one more piece."""
        if not self.found and (b'"' in piece or b'"' in self.rest):
            data = self.rest + piece
            self.found = (b' "' in data or b'" ' in data) and bool(_BLANK_BESIDE_QUOTE.search(data))
        kept = piece.rstrip(b" ")
        self.rest = kept[-1:] + piece[len(kept) :] if kept else self.rest + piece
        return self.found


def lines_in(path: str) -> int:
    """How many rows a file of ours has, by their line ends: not counting those inside quotes."""
    ends, inside = 0, False
    with open(path, "rb") as file:
        while piece := file.read(PIECE):
            parts = piece.split(b'"') if b'"' in piece else [piece]
            ends += sum(part.count(b"\n") for part in parts[inside::2])
            inside ^= not len(parts) % 2
    return ends


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes) -> bool:
    try:
        decoder.decode(piece)
    except UnicodeDecodeError:
        decoder.reset()
        return False
    return True


def shape_of(path: People, prefer: Sequence[str] = (), *, thorough: bool = False) -> Shape:
    """What kind of file it is.

    Args:
        path: the file.
        prefer: names that columns may have: the separator that brings out most of them is taken.
        thorough: look at every quote and letter, also where a glance says that the file is regular.

    Raises:
        BadFile: it is empty, or its letters cannot be made out.
        CannotRead: as it says.
    """
    with binary(path) as file:
        start = file.read(KIND_LOOKED_AT)
        encoding = next((name for mark, name in _MARKS if start.startswith(mark)), "")
        file.seek(0)
        if start.startswith(PARQUET):
            raise BadFile("parquet", 1, "This is Parquet.", "End its name in .parquet.")
        if kind := file_kind(start):
            raise BadFile("not-csv", 1, *kind)
        glance = None if thorough else glanced(file)
        file.seek(0)
        found = glance or counted(file)
    if not found.size:
        raise BadFile("empty", 1, "The file is empty.", "Its first line should name the columns.")
    if not encoding:
        encoding = "utf-8"
        if found.nuls * 4 > found.size:
            raise BadFile("letters", 1, "This may be UTF-16 without its mark.", "Save it as UTF-8 CSV.")
    try:
        separator, header, skipped = _header(path, encoding, prefer)
    except UnicodeDecodeError:
        if glance:
            return shape_of(path, prefer, thorough=True)
        raise BadFile("letters", 1, "Letters here are neither UTF-8 nor Windows-1252.", "Save it as UTF-8.") from None
    if not header:
        raise BadFile(
            "empty", 1, "The file has no line with names of columns.", "Its first line should name the columns."
        )
    regular = found.regular and encoding != "utf-16" and not skipped and len(header) > 1
    ends = "\r\n" if found.crlf else "\n"
    multiline, quotes = found.multiline, found.quotes
    return Shape(encoding, separator, header, ends, found.rows - 1, skipped, regular, multiline, not glance, quotes)


def _header(path: People, encoding: str, prefer: Sequence[str]) -> tuple[str, tuple[str, ...], int]:
    """The separator, the names of the columns, and how many lines stand before them."""
    with opened(path, encoding) as file:
        start = file.read(1 << 20)
    told = start[:5].lower()
    if told.startswith("sep=") and len(told) == 5:
        body = start.split("\n", 1)[1] if "\n" in start else ""
        return start[4], _first_row(body, start[4]), 1
    found = {separator: _first_row(start, separator) for separator in SEPARATORS}
    wanted = set(prefer)

    def fits(separator: str) -> tuple[int, int]:
        names = found[separator]
        return len(wanted.intersection(map(_plain, names))), len(names)

    best = max(SEPARATORS, key=fits)
    return best, found[best], 0


def _plain(name: str) -> str:
    from cst.screening.columns import normal_name

    return normal_name(name)


def _first_row(text: str, separator: str) -> tuple[str, ...]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return tuple(next((row for row in rows if row), ()))


def opened(path: People, encoding: str) -> io.TextIOWrapper:
    """The file as text, with every line end as it stands."""
    return io.TextIOWrapper(binary(path), encoding=encoding, errors=_WINDOWS, newline="")


def records(path: People, shape: Shape) -> Iterator[tuple[int, list[str]]]:
    """Every row with the line on which it starts, the header first; lines with nothing on them are no rows.

    Raises:
        BadFile: a quote never closes, something follows a closing quote, or the letters cannot be made out.
    """
    with opened(path, shape.encoding) as file:
        for _ in range(shape.skipped):
            file.readline()
        lines = _without_blanks(_limited(file), shape.separator)
        reader = csv.reader(lines, delimiter=shape.separator, strict=True)
        line = 1 + shape.skipped
        try:
            for row in reader:
                if row:
                    yield line, row
                line = reader.line_num + 1 + shape.skipped
        except csv.Error as error:
            raise _csv_fault(line, str(error)) from None
        except UnicodeDecodeError:
            raise BadFile(
                "letters", line, "Letters here are neither UTF-8 nor Windows-1252.", "Save it as UTF-8."
            ) from None


def cells(path: People, shape: Shape) -> Iterator[list[str | None]]:
    """Every row but the header: as many cells as that has, and then why the row cannot be trusted, or None.

    Empty cells past the header are no fault: spreadsheets write them.

    Raises:
        BadFile: as `records`.
    """
    rows, width = records(path, shape), len(shape.header)
    next(rows)
    for _, row in rows:
        over = row[width:]
        fault = None
        if len(row) < width or any(over):
            left_over = f"; left over: {' | '.join(over)}" if over else ""
            fault = f"this row has {len(row)} cells and the header {width}{left_over}"
        elif any("\0" in cell for cell in row):
            fault = "this row has a NUL character"
        yield [*(cell.replace("\0", "\ufffd") for cell in row[:width]), *[""] * (width - len(row)), fault]


def _without_blanks(lines: Iterator[str], separator: str) -> Iterator[str]:
    """The lines, without blanks between a quote and the edge of its cell: `82, "yes" ,no`."""
    other = re.escape(separator)
    quoted, plain = '"(?:[^"]|"")*+"', rf'(?! *")[^{other}\r\n]*+'
    whole = re.compile(rf"(?:(?: *+{quoted} *+|{plain}){other})*+(?: *+{quoted} *+|{plain})[\r\n]*")
    beside = re.compile(rf"(?:^|(?<={other})) *+({quoted}) *+(?={other}|[\r\n]|$)|{plain}")
    for line in lines:
        if (' "' in line or '" ' in line) and whole.fullmatch(line):
            line = beside.sub(lambda found: found[1] or found[0], line)
        yield line


def _limited(file: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a file, none of them longer than what is read into memory at once."""
    while line := file.readline(MOST_LINE):
        if len(line) >= MOST_LINE:
            raise csv.Error("field larger than field limit")
        yield line


def _csv_fault(line: int, error: str) -> BadFile:
    if "unexpected end" in error:
        return BadFile("open-quote", line, 'In the row that starts here a quote (") opens and never closes.',
                       "Close it, or double a quote that is meant as text.")  # fmt: skip
    if "expected after" in error:
        return BadFile("open-quote", line, 'In the row that starts here something follows a closing quote (").',
                       "Double quotes that are meant as text, or close the one before.")  # fmt: skip
    if "field limit" in error:
        return BadFile("too-long", line, f"The row that starts here has more than {MOST_LINE} characters.",
                       "A quote may be missing. Mend the row.")  # fmt: skip
    return BadFile("row", line, "The row that starts here cannot be read.", "Mend it, or save the file as CSV again.")
