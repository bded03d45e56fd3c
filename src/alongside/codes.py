"""The code lists an entry may draw on: kinds of support, and the world's currencies.

A kind's English label is its message in the catalogues; its code never changes once an entry holds it.
"""

from __future__ import annotations


def N_(text: str) -> str:
    """Mark a text for the catalogues."""
    return text


# One small tree; a parent covers its children. Consent is given to a node of it.
KINDS: dict[str, str] = {
    "goods": N_("goods"),
    "goods.food": N_("food"),
    "goods.water": N_("water and salts"),
    "goods.medicine": N_("medicine"),
    "goods.hygiene": N_("hygiene goods"),
    "goods.baby": N_("things for babies"),
    "goods.clothes": N_("clothes"),
    "goods.household": N_("household goods"),
    "goods.cooking": N_("cooking things"),
    "goods.shelter": N_("shelter"),
    "goods.school": N_("school things"),
    "goods.tools": N_("tools and parts"),
    "goods.energy": N_("fuel and energy"),
    "money": N_("money"),
    "skills": N_("skills and time"),
    "skills.bookkeeping": N_("bookkeeping"),
    "skills.repair": N_("repair"),
    "skills.translation": N_("interpreting and translation"),
    "knowledge": N_("training and knowledge"),
    "legal": N_("legal guidance"),
    "safety": N_("safety support"),
    "care": N_("care and support in grief"),
    "transport": N_("transport"),
    "storage": N_("storage space"),
    "space": N_("a safe place"),
    "introductions": N_("introductions to others"),
    "visit": N_("visits"),
    "visit.accompany": N_("accompaniment"),
    "media": N_("pictures, film and press"),
    "story": N_("people’s stories"),
    "data": N_("data that leaves"),
}

# A first yes never carries these: they wait for a signed memorandum ("Living with the rules" 2).
NEVER_BY_FIRST_YES: tuple[str, ...] = ("visit", "media", "story", "data")

_TWO_DECIMALS = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG
    HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU
    MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR
    SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED
    VES WST XCD XTS YER ZAR ZMW ZWG
"""
_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"

# ISO 4217: code -> decimals of its minor unit. XTS is the code kept for trials: the demo's crowns.
CURRENCIES: dict[str, int] = (
    dict.fromkeys(_TWO_DECIMALS.split(), 2)
    | dict.fromkeys(_NO_DECIMALS.split(), 0)
    | dict.fromkeys(_THREE_DECIMALS.split(), 3)
)
