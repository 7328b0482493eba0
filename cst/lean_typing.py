"""`NamedTuple` and `TYPE_CHECKING` without loading `typing`.

Loading `typing` costs more than half of a bare start of Python, and a look-up in an alias or a loop pays it each time.
To a type checker these are typing's own; as the program runs, the same tuples are made here.
"""

from __future__ import annotations

TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from operator import itemgetter

    class _Kind(type):
        """Makes a tuple with a name for each place out of a class with annotations, as typing does."""

        def __new__(cls, name, bases, body):
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body.pop(field) for field in fields if field in body}
            places = {field: property(itemgetter(place)) for place, field in enumerate(fields)}
            own = {"__slots__": (), "__match_args__": fields, "_fields": fields, "_field_defaults": defaults}
            return super().__new__(cls, name, bases, {**body, **places, **own})

    class NamedTuple(tuple, metaclass=_Kind):
        """The base of tuples whose places have names."""

        def __new__(cls, *values, **named):
            """A tuple of the values given by place and by name, with defaults for the rest."""
            fields = cls._fields
            if named or len(values) != len(fields):
                given = {**cls._field_defaults, **dict(zip(fields, values, strict=False)), **named}
                clash = len(values) > len(fields) or any(field in named for field in fields[: len(values)])
                if clash or given.keys() != set(fields):
                    raise TypeError(f"{cls.__name__} takes {', '.join(fields)}, each once")
                values = map(given.__getitem__, fields)
            return tuple.__new__(cls, values)

        def _replace(self, **named):
            """The same tuple but for these values."""
            return type(self)(**{**self._asdict(), **named})

        def _asdict(self):
            """The values by name."""
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self):
            """How a copy is made."""
            return tuple(self)

        def __repr__(self):
            """As it would be written."""
            return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"
