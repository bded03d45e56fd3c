"""Every address of a node. Nothing sensitive stands in one: a book's opaque id, numbers, and the token
of a link."""

from __future__ import annotations

from django.urls import include, path

from alongside.pages import arriving, books, front, join, language, leave, sign_in, spines

arriving.settle()
books.NAMED_BY.append(spines.spine)

urlpatterns = [
    path("", front.front, name="front"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/one-click", sign_in.one_click, name="one-click"),
    path("sign-out", leave.sign_out, name="sign-out"),
    path("sign-out-everywhere", leave.sign_out_everywhere, name="sign-out-everywhere"),
    path("quick-leave", leave.quick_leave, name="quick-leave"),
    path("language", language.language, name="language"),
    path("join", join.join, name="join"),
    path("join/<str:token>", join.look, name="look"),
    path("b/<str:book>/", include("alongside.pages.book_urls")),
]

handler400 = "alongside.pages.trouble.unreadable"
handler403 = "alongside.pages.trouble.not_for_you"
handler404 = "alongside.pages.trouble.not_here"
handler500 = "alongside.pages.trouble.our_fault"
