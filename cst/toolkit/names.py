"""Finding an entry by what people call it: ids, titles, other names, acronyms, old numbers."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Names = Mapping[str, list[tuple[str, str]]]  # a normal name to the entries that bear it, the likeliest first


EntryRef = tuple[str, str]  # kind and id
NAMED_KINDS = ("roles", "issues", "contacts", "schemes", "pathways", "terms", "cautions", "areas")


def normal(text: str) -> str:
    """A name as it is compared: small letters and digits, words apart by one space, apostrophes dropped."""
    if not text.isascii():
        text = _plain_letters(text)
    bare = text.casefold().replace("'", "").replace("\u2019", "")
    return " ".join("".join(sign if sign.isalnum() else " " for sign in bare).split())


def _plain_letters(text: str) -> str:
    """Letters as they are mostly written: not the wide ones of some keyboards, nor with signs of no width between."""
    import unicodedata  # few names need it

    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")


def index(records: Mapping[str, Any]) -> dict[str, list[EntryRef]]:
    """Every name in the records, normal, with the entries that bear it; a number also without its spaces.

    A correction that is out of date stands beside what it corrected: whoever looks for it finds that.
    """
    names: dict[str, list[EntryRef]] = {}
    for kind in NAMED_KINDS:
        for name, record in records.get(kind, {}).items():
            for its_name in called(name, record):
                bearers = names.setdefault(normal(its_name), [])
                found = (kind, record.get("beside", name))
                if found not in bearers:
                    bearers.append(found)
    return names


def marked(record: Mapping[str, Any]) -> str:
    """What stands behind the title of a record that a local file adds or corrects."""
    return f" (local: {record['local']})" if "local" in record else ""


def called(name: str, record: Mapping[str, Any]) -> Iterator[str]:
    """What one record is called: its id, title, other names, and numbers and addresses, old ones too."""
    yield name
    yield (record.get("title") or record["name"]).removesuffix(marked(record))
    yield from record.get("also_known_as", ())
    yield from record.get("alternate_name", ())
    numbers = [phone["number"] for phone in record.get("phones", ())] + list(record.get("old_numbers", ()))
    differing = [value for conflict in record.get("conflicts", ()) for value in conflict["values"]]
    numbers += [value["number"] for value in differing if "number" in value]
    yield from (number.replace(" ", "") for number in numbers)
    yield from (mail["address"] for mail in record.get("emails", ()))
    yield from record.get("old_emails", ())
    if "url" in record:
        yield _site(record["url"])


def _site(url: str) -> str:
    """The site of a page: what stands before the first slash or comma, without the scheme and www."""
    return url.split("://")[-1].removeprefix("www.").replace(",", "/").split("/")[0]


def exact(names: Names, text: str) -> list[EntryRef]:
    """The entries called exactly this, the likeliest first; a number is found however it is spaced."""
    wanted = normal(text)
    if not wanted:
        return []
    forms = (wanted, wanted.replace(" ", ""), wanted.removeprefix("the ").removeprefix("www "), *_number_of(wanted))
    return next((names[form] for form in forms if form in names), [])


def _number_of(wanted: str) -> tuple[str, str]:
    """The same name in the singular and in the plural."""
    return wanted.removesuffix("s"), f"{wanted}s"
