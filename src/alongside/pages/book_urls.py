"""The addresses inside one book, below `/b/<book>/`. Each view takes `book` as its first argument."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from alongside.pages import (
    acting,
    consents,
    exchange,
    importing,
    link,
    listening,
    may,
    needs,
    partnership,
    record,
    safety,
    today,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", today.today, name="today"),
    path("partnership", partnership.partnership, name="partnership"),
    path("needs", needs.needs, name="needs"),
    path("needs/<int:number>", needs.need, name="need"),
    path("consents", consents.consents, name="consents"),
    path("consents/<int:number>", consents.consent, name="consent"),
    path("safety", safety.safety, name="safety"),
    path("listening", listening.listening, name="listening"),
    path("do/<str:area>/<str:verb>", acting.do, name="do"),
    path("link/<int:number>", link.link, name="link"),
    path("may", may.may, name="may"),
    path("exchange", exchange.exchange, name="exchange"),
    path("exchange/<int:number>", exchange.giving, name="giving"),
    path("record", record.record, name="record"),
    path("record/<int:number>", record.entry, name="entry"),
    path("record/verify", record.verify, name="verify"),
    path("record/export", record.export, name="export"),
    path("needs/import", importing.bring, name="import"),
]
