"""A short run of the fuzzer's properties. `make fuzz` runs for as long as you choose."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.fuzz.__main__ import seeds
from tests.fuzz.properties import check


def test_every_real_page_keeps_the_properties():
    for page in seeds():
        check(page)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=500))
@example(b"@")  # no line at all
def test_any_input_keeps_the_properties(data):
    check(data)
