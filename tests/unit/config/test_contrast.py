import pytest

from stuifmail.config.contrast import contrast_of


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast_of("#000000", "#ffffff") == pytest.approx(21)


def test_the_order_of_the_colours_does_not_matter() -> None:
    assert contrast_of("#1f3a2a", "#fffdf7") == contrast_of("#fffdf7", "#1f3a2a")


def test_the_least_grey_that_can_be_read_on_white_is_known() -> None:
    assert contrast_of("#767676", "#ffffff") >= 4.5 > contrast_of("#777777", "#ffffff")
