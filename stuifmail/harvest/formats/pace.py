"""How often a feed itself asks to be read."""

import re

_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
_PERIODS_S = {
    "hourly": 3_600,
    "daily": 86_400,
    "weekly": 7 * 86_400,
    "monthly": 30 * 86_400,
    "yearly": 365 * 86_400,
}


def read_pace(*, ttl: str | None, period: str | None, count: str | None) -> int | None:
    """Answer the seconds to wait before the next look; None when the feed does not say.

    Args:
        ttl: RSS 2.0's <ttl>, in minutes; it goes before the others.
        period: sy:updatePeriod ("hourly" … "yearly"), "daily" when only a count is given.
        count: sy:updateFrequency, how often in a period; 1 when it is not given.

    Source: RSS 2.0 specification, "ttl"; RSS 1.0 syndication module.
    """
    minutes = _number(ttl)
    if minutes:
        return minutes * 60
    if not period and not count:
        return None
    seconds = _PERIODS_S.get((period or "daily").strip().lower())
    return seconds // (_number(count) or 1) or 1 if seconds else None


def _number(text: str | None) -> int:
    found = _NUMBER.fullmatch((text or "").strip())
    return int(found[0]) if found else 0
