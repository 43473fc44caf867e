"""What search keeps beside the facts: the key of each text, and the words that were met."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.expressions import Col, Combinable, Func, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .. import signs, steps
from ..statements import Hole, made_of

BLOCK_BITS = 15  # a block has 32,768 keys
MOST_MARKS = 3  # that a text may lose, where each way to lose some is looked for by itself

if TYPE_CHECKING:
    TextField = models.TextField[str, str]
    Lookup = models.Lookup[bool]
else:
    TextField, Lookup = models.TextField, models.Lookup


class WrittenField(TextField):
    """What search keeps of the texts of some fields (`of`) of the same row, written anew whenever the row is
    saved. Rows sent by COPY bring it themselves.
    """

    def __init__(self, *args: Any, of: tuple[str, ...] = (), **options: Any) -> None:
        self.of = of
        options |= {"editable": False, "blank": True, "default": "", "db_collation": "C"}
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, path, args, options = super().deconstruct()
        for fixed in ("editable", "blank", "default", "db_collation"):
            options.pop(fixed, None)
        return name, path, args, options | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        texts = [getattr(model_instance, name) for name in self.of]
        stored = self.written(" ".join(text for text in texts if text))
        setattr(model_instance, self.attname, stored)
        return stored

    def written(self, text: str) -> str:
        """What is kept of a text."""
        raise NotImplementedError  # each field has its own


class SearchKeyField(WrittenField):
    """The key (`signs.key`) of some fields, which tells exactly whether their text holds some letters.

    Lookups: `holds`, `alike`, `word`, `begins_word`, `edges_word`, `begins`, `is_text`; each takes text as a
    person types it. The first two ask the index of the steps, where the model keeps them too.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("help_text", _("The text as search reads it: one or more signs for each letter."))
        super().__init__(*args, **options)

    def written(self, text: str) -> str:
        return signs.key(text)


class SearchStepsField(WrittenField):
    """The steps (`steps.steps`) of the same fields as the key beside it: their index finds parts of texts."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault(
            "help_text", _("The text as search finds it: one sign for each step from letter to letter.")
        )
        super().__init__(*args, **options)

    def written(self, text: str) -> str:
        return steps.steps(text)


class Block(models.Func):
    """The block of rows that a row is of, by its key, so that an index can be asked of one block."""

    template = f"(%(expressions)s >> {BLOCK_BITS})"
    output_field = models.BigIntegerField()


class _TextLookup(Lookup):
    """Base of the lookups: the right side is text as a person types it."""

    prepare_rhs = False
    operator: str
    made: Callable[[str], str]  # of the text, what stands behind the operator

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} {self.operator} %s", (*values, made_of(self.rhs, type(self).made))


def within(key: Combinable, part: Combinable) -> Func:
    """The condition that a key holds the signs of a part, written so that the database takes its guess of how
    many rows answer from the steps alone.
    """
    return Func(Lower(key), part, template="strpos(%(expressions)s) <> 0", output_field=models.BooleanField())


@SearchKeyField.register_lookup
class Holds(_TextLookup):
    """The text holds these letters anywhere."""

    lookup_name = "holds"
    ways: Callable[[str], list[str]] = staticmethod(lambda text: [text])  # one of which is held

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        beside = self.steps_column(compiler)
        asked: list[str] = []
        values: list[Any] = []
        for number, way in enumerate(self.ways(str(self.rhs))):
            signs_of = made_of(self.rhs, partial(self._signs, number=number))
            part = signs_of if isinstance(signs_of, Hole) else Value(signs_of)
            exact, given = compiler.compile(within(self.lhs, part))
            if beside and (found := steps.pattern(way)):
                exact = f"({beside} {found[0]} %s AND {exact})"
                values.append(made_of(self.rhs, partial(self._steps, number=number)))
            asked.append(exact)
            values += given
        return f"({' OR '.join(asked)})", tuple(values)

    @classmethod
    def _signs(cls, text: str, number: int) -> str:
        return signs.part(cls.ways(text)[number])

    @classmethod
    def _steps(cls, text: str, number: int) -> str:
        found = steps.pattern(cls.ways(text)[number])
        assert found is not None  # texts of one shape have steps or none
        return found[1]

    @classmethod
    def shape(cls, text: str) -> Hashable:
        """What the words of the statement depend on: how each way is looked for."""
        return tuple(found and found[0] for found in map(steps.pattern, cls.ways(text)))

    def steps_column(self, compiler: Any) -> str | None:
        """The column of the steps beside the key's; None where the model keeps none."""
        key: Any = self.lhs
        for field in key.target.model._meta.concrete_fields:
            if isinstance(field, SearchStepsField):
                sql: str = compiler.compile(Col(key.alias, field))[0]
                return sql
        return None


@SearchKeyField.register_lookup
class Alike(Holds):
    """The text holds these letters anywhere, tone marks and the like aside.

    Each way to lose them is looked for by itself, where these are few: of a regular expression the index
    takes only some runs of three signs, and what it offers must all be read. Where they are many, the index
    is asked for the letters between the marks.
    """

    lookup_name = "alike"
    ways = staticmethod(signs.without_marks)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if signs.marks_in(str(self.rhs)) <= MOST_MARKS:
            return super().as_sql(compiler, connection)
        key, none = self.process_lhs(compiler, connection)
        exact, values = f"{key} || '' ~* %s", (*none, made_of(self.rhs, signs.alike_pattern))
        if beside := self.steps_column(compiler):
            return f"({beside} LIKE %s AND {exact})", (made_of(self.rhs, _between_marks), *values)
        return f"({exact})", values

    @classmethod
    def shape(cls, text: str) -> Hashable:
        return super().shape(text) if signs.marks_in(text) <= MOST_MARKS else "many marks"


def _between_marks(text: str) -> str:
    return steps.pieces_pattern(signs.pieces(text))


@SearchKeyField.register_lookup
class Word(_TextLookup):
    """The text holds these letters from the beginning of a word to the end of one."""

    lookup_name, operator = "word", "~"
    made = staticmethod(signs.word_pattern)


@SearchKeyField.register_lookup
class BeginsWord(_TextLookup):
    """The text holds these letters at the beginning of a word."""

    lookup_name, operator = "begins_word", "~"
    made = staticmethod(partial(signs.word_pattern, whole=False))


@SearchKeyField.register_lookup
class EdgesWord(_TextLookup):
    """The text holds these letters at the beginning or at the end of a word.

    To be asked beside `holds`, for which the index is quicker: `||` keeps it from being asked for this too.
    """

    lookup_name, operator = "edges_word", "|| '' ~"
    made = staticmethod(signs.edge_pattern)


@SearchKeyField.register_lookup
class Begins(_TextLookup):
    """The text begins with these letters."""

    lookup_name, operator = "begins", "ILIKE"
    made = staticmethod(lambda text: f"{signs.part(text)}%")


@SearchKeyField.register_lookup
class IsText(_TextLookup):
    """The text is this text."""

    lookup_name, operator = "is_text", "ILIKE"
    made = staticmethod(lambda text: signs.part(text) + signs.END)


class KnownWord(models.Model):
    """A word that stands in some published text; what is typed wrongly is compared with these."""

    text = models.CharField(max_length=100, unique=True, help_text=_("The word, as search reads it."))
    sound = models.CharField(
        max_length=100, help_text=_("How it sounds: letters that sound alike are written alike.")
    )
    met = models.PositiveIntegerField(help_text=_("In how many published texts it was met."))

    def __str__(self) -> str:
        return self.text
