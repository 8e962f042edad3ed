"""CSS selectors in sources.yaml."""

from typing import Annotated

from pydantic import AfterValidator

from stuifmail.config.values import Words, wrong


def _check_selector(selector: str) -> str:
    from cssselect import HTMLTranslator, SelectorError  # noqa: PLC0415 - few newsrooms have pages

    try:
        if selector:
            HTMLTranslator().css_to_xpath(selector)
    except (SelectorError, ValueError, RecursionError) as error:
        reason = str(error).rstrip(".") or "it is nested too deeply"
        remedy = "write one as in a style sheet, such as article.news or ul#nieuws > li; put it in quotes"
        raise wrong(f'"{selector[:80]}" is no CSS selector ({reason})', remedy) from error
    return selector


Selector = Annotated[str, AfterValidator(_check_selector), Words("a CSS selector", "article.news")]
