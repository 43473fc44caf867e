"""What search keeps beside the facts: the key of each text, and the words that were met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import signs

MOST_MARKS = 3  # that a text may lose, where each way to lose some is looked for by itself

if TYPE_CHECKING:
    TextField = models.TextField[str, str]
    Lookup = models.Lookup[bool]
else:
    TextField, Lookup = models.TextField, models.Lookup


class SearchKeyField(TextField):
    """The key (`signs.key`) of fields of the same row, kept in step with them whenever the row is saved.

    Rows sent by COPY bring it themselves. Lookups: `holds`, `alike`, `word`, `begins_word`,
    `edges_word`, `begins`, `is_text`; each takes text as a person types it.
    """

    def __init__(self, *args: Any, of: tuple[str, ...] = (), **options: Any) -> None:
        self.of = of
        options |= {"editable": False, "blank": True, "default": "", "db_collation": "C"}
        options.setdefault("help_text", _("The text as search reads it: one or more signs for each letter."))
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        for fixed in ("editable", "blank", "default", "db_collation"):
            options.pop(fixed, None)
        return name, path, args, options | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        texts = [getattr(model_instance, name) for name in self.of]
        stored = signs.key(" ".join(text for text in texts if text))
        setattr(model_instance, self.attname, stored)
        return stored


class _TextLookup(Lookup):
    """Base of the lookups: the right side is text as a person types it."""

    prepare_rhs = False

    def found_by(self, text: str) -> tuple[str, str]:
        """The operator and its right side."""
        raise NotImplementedError

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        operator, right = self.found_by(str(self.rhs))
        return f"{column} {operator} %s", (*values, right)


@SearchKeyField.register_lookup
class Holds(_TextLookup):
    """The text holds these letters anywhere."""

    lookup_name = "holds"

    def found_by(self, text: str) -> tuple[str, str]:
        return signs.index_pattern(signs.part(text))


@SearchKeyField.register_lookup
class Alike(_TextLookup):
    """The text holds these letters anywhere, tone marks and the like aside.

    Each way to lose them is looked for by itself, where these are few: of a regular expression the index
    takes only some runs of three signs, and what it offers must all be read. Where they are many, the index
    is asked for the letters between the marks.
    """

    lookup_name = "alike"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        text = str(self.rhs)
        if signs.marks_in(text) > MOST_MARKS:
            between = (*values, signs.pieces_pattern(text), *values, signs.alike_pattern(text))
            return f"({column} ILIKE %s AND {column} || '' ~* %s)", between
        ways = [signs.index_pattern(signs.part(way)) for way in signs.without_marks(text)]
        asked = " OR ".join(f"{column} {operator} %s" for operator, _right in ways)
        return f"({asked})", tuple(value for _operator, right in ways for value in (*values, right))


@SearchKeyField.register_lookup
class Word(_TextLookup):
    """The text holds these letters from the beginning of a word to the end of one."""

    lookup_name = "word"

    def found_by(self, text: str) -> tuple[str, str]:
        return "~", signs.word_pattern(text)


@SearchKeyField.register_lookup
class BeginsWord(_TextLookup):
    """The text holds these letters at the beginning of a word."""

    lookup_name = "begins_word"

    def found_by(self, text: str) -> tuple[str, str]:
        return "~", signs.word_pattern(text, whole=False)


@SearchKeyField.register_lookup
class EdgesWord(_TextLookup):
    """The text holds these letters at the beginning or at the end of a word.

    To be asked beside `holds`, for which the index is quicker: `||` keeps it from being asked for this too.
    """

    lookup_name = "edges_word"

    def found_by(self, text: str) -> tuple[str, str]:
        return "|| '' ~", signs.edge_pattern(text)


@SearchKeyField.register_lookup
class Begins(_TextLookup):
    """The text begins with these letters."""

    lookup_name = "begins"

    def found_by(self, text: str) -> tuple[str, str]:
        return "ILIKE", f"{signs.part(text)}%"


@SearchKeyField.register_lookup
class IsText(_TextLookup):
    """The text is this text."""

    lookup_name = "is_text"

    def found_by(self, text: str) -> tuple[str, str]:
        return "ILIKE", signs.part(text) + signs.END


class KnownWord(models.Model):
    """A word that stands in some published text; what is typed wrongly is compared with these."""

    text = models.CharField(max_length=100, unique=True, help_text=_("The word, as search reads it."))
    sound = models.CharField(
        max_length=100, help_text=_("How it sounds: letters that sound alike are written alike.")
    )
    met = models.PositiveIntegerField(help_text=_("In how many published texts it was met."))

    def __str__(self) -> str:
        return self.text
