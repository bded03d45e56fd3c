"""How templates are read: everything a person wrote is escaped, a missing value is an error, every sentence
is translated.

The reader of the moment is set by `render` alone and for one template only; numbers given to a sentence
come out in her digits by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from alongside.languages.locale import Reader

_reader: ContextVar[Reader] = ContextVar("reader")


@contextmanager
def reading(reader: Reader) -> Iterator[None]:
    """Within this, templates speak to that reader."""
    before = _reader.set(reader)
    try:
        yield
    finally:
        _reader.reset(before)


def environment(**options: Any) -> Environment:
    """Called once by Django's Jinja2 backend."""
    options |= {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True,
                "auto_reload": False, "extensions": ["jinja2.ext.i18n"]}
    env = Environment(**options)
    # `{% trans %}` then passes its values by name, and the functions below put them in, escaped.
    env.newstyle_gettext = True     # type: ignore[attr-defined]  # the i18n extension has put it there
    env.policies["ext.i18n.trimmed"] = True
    env.globals |= {"_": gettext, "gettext": gettext, "ngettext": ngettext, "pgettext": pgettext,
                    "static": static, "url": _url}
    env.filters |= {
        "day": lambda when, year=False: _reader.get().day(when, year=year),
        "short_day": lambda when, year=False: _reader.get().short_day(when, year=year),
        "month": lambda when, year=True: _reader.get().month(when, year=year),
        "short_month": lambda when: _reader.get().short_month(when),
        "number": lambda n: _reader.get().number(n),
        "decimal": lambda minor, decimals, full=False: _reader.get().decimal(minor, decimals, full=full),
        "percent": lambda whole: _reader.get().percent(whole),
        "digits": lambda text: _reader.get().digits(text),
        "names": lambda names: _reader.get().marked_names(names),
        "bdi": bdi,
        "time": moment,
    }
    return env


def gettext(message: str, **values: Any) -> Markup:
    """The sentence in the reader's language, with its values."""
    return _filled(_reader.get().gettext(message), values)


def ngettext(one: str, many: str, n: int, **values: Any) -> Markup:
    """The sentence for this many; `%(num)s` is the number."""
    return _filled(_reader.get().ngettext(one, many, n), {"num": n, **values})


def pgettext(context: str, message: str, **values: Any) -> Markup:
    """The sentence where one English word has two meanings."""
    return _filled(_reader.get().pgettext(context, message), values)


def bdi(name: str, language: str = "") -> Markup:
    """A name of its own script and direction, isolated from the words around it."""
    if language:
        return Markup('<bdi lang="{}">{}</bdi>').format(language, name)
    return Markup("<bdi>{}</bdi>").format(name)


def moment(when: date, shown: str = "") -> Markup:
    """A day for people and, beside it, for machines: `{{ day | time }}`, or with another writing of it."""
    return Markup('<time datetime="{}">{}</time>').format(when.isoformat(), shown or _reader.get().day(when))


def _filled(sentence: str, values: dict[str, Any]) -> Markup:
    """A catalogue's own marks stay marks; what is put in is escaped, and whole numbers get the reader's
    digits."""
    reader = _reader.get()
    said = {name: reader.number(value) if type(value) is int else escape(value)
            for name, value in values.items()}
    return Markup(sentence % said) if said or "%%" in sentence else Markup(sentence)


def _url(name: str, *args: object) -> str:
    parts: Sequence[object] = args
    return reverse(name, args=parts)
