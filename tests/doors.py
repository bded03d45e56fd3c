"""The same asking through each doorway: typed into a form, and typed on a command line.

`Story.refused` sends every refusal of every story through both, so that no rule holds at one door only.
"""

from __future__ import annotations

from django.http import Http404, QueryDict

from alongside.act import Asking, Book, Text
from alongside.doorways import acting, web
from alongside.doorways.asking import Answer, Faults, Refusals, ask_through
from alongside.doorways.fields import write
from alongside.languages.locale import Reader
from alongside.record.attest import Signer

_READER = Reader()


def heard(asking: Asking, book: Book, signer: Signer) -> dict[str, list[str] | None]:
    """What each doorway answers: the codes of its noes, or None where an answer could not be read as typed.

    What a doorway brings along by itself cannot be typed: such an asking is heard at no door.
    """
    kind = type(asking.action)
    if any(asked.brought for asked in kind.questions().values()):
        return {}
    texts = {w.field.rpartition("/")[2]: Text(w.text, w.language) for w in asking.words}
    plain = {name: value for name, value in asking.action.to_json().items() if name not in texts}
    typed = write(kind, plain, texts, book.tables, _READER)
    lists = {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
    return {"web": _web(asking, book, signer, lists), "command line": _command(asking, book, signer, lists)}


def _web(asking: Asking, book: Book, signer: Signer, typed: dict[str, list[str]]) -> list[str] | None:
    posted = QueryDict(mutable=True)
    for name, values in typed.items():
        posted.setlist(name, values)
    posted["asked_id"] = asking.asked_id
    area, verb = asking.action.called.split(".")
    try:
        form = web.send_form(book, area, verb, posted, author=asking.author, signer=signer, reader=_READER)
    except Http404:
        return ["unseen"]       # there is no such page for a stranger, whatever it would have said
    assert isinstance(form, web.Form), "the web did what the gate refuses"
    assert form.status in (409, 422)
    for one in form.inputs:
        if one.name in typed:
            assert typed[one.name] == (list(one.values) if one.many else [one.value]), f"{one.name} was lost"
    return None if form.faults else [refusal.code for refusal in form.refusals]


def _command(asking: Asking, book: Book, signer: Signer, typed: dict[str, list[str]]) -> list[str] | None:
    argv = asking.action.called.split(".")
    for name, values in typed.items():
        if name.endswith((".unit", ".language")):
            continue
        unit = typed.get(f"{name}.unit", [""])[0]
        argv += [f"--{name}={value} {unit}".strip() for value in values]
    kind, _, read = acting._read_line("act", argv)
    answer: Answer = ask_through(
        book, kind, read, author=asking.author, asked_id=asking.asked_id, signer=signer, reader=_READER
    )
    assert isinstance(answer, Refusals | Faults), "the command line did what the gate refuses"
    return None if isinstance(answer, Faults) else [refusal.no.code for refusal in answer.refusals]
