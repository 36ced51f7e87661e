"""Widgets with code in the browser: what is sent to the script, and what is done with its messages."""

import re
from pathlib import Path

import pytest

from procman.panels import browser
from procman.panels.browser import Chips, Choices, Fold, PageAddress, Slider, SortableTable, Upload, field
from procman.panels.picture import Picture

SCRIPTS = {
    **{"slider": Slider, "choices": Choices, "table": SortableTable, "chips": Chips, "fold": Fold},
    **{"address": PageAddress, "upload": Upload, "picture": Picture},
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_gets_what_it_reads_and_reads_what_it_gets(name):
    script = (Path(browser.__file__).parent / f"{name}.js").read_text("utf-8")
    sent = {trait for trait, about in SCRIPTS[name].class_own_traits().items() if about.metadata.get("sync")}
    assert set(re.findall(r'model\.[gs]et\("(\w+)"', script)) <= sent
    named = set(re.findall(r'"(\w+)"', script))
    assert {trait for trait in SCRIPTS[name].class_own_traits() if not trait.startswith("_")} == sent & named


def test_widgets_begin_empty_closed_and_enabled():
    table, slider = SortableTable(print), Slider()
    assert (table.sort, table.descending, table.page, table.pages, table.asked) == ("", False, 0, 1, [])
    assert (slider.value, slider.min, slider.max, slider.step, slider.disabled) == (0, 0, 1, 0.01, False)
    assert (Chips(print).disabled, Chips(print, names=["Kent"]).names) == (False, ["Kent"])
    assert (Fold().unfolded, Fold(description="Filters").description, Picture().width) == (False, "Filters", 0)
    assert (PageAddress(print, title="Compare").title, SortableTable(print, asks="Is it?").asks) == (
        "Compare",
        "Is it?",
    )


def test_messages_reach_python_and_answers_the_browser(monkeypatch):
    decided, removed, asked, sent = [], [], [], []
    table = SortableTable(lambda *said: decided.append(said))
    table._handle_custom_msg({"decide": "Same", "on": "topic 1", "name": "1.1 Consent"}, [])
    table._handle_custom_msg({"decide": "Skip", "on": 3}, [])
    assert decided == [("Same", "topic 1", "1.1 Consent"), ("Skip", "", "")]
    Chips(removed.append)._handle_custom_msg({"remove": "Kent"}, [])
    address = PageAddress(asked.append)
    address._handle_custom_msg({"asked": "question=gaps"}, [])
    assert (removed, asked) == (["Kent"], ["question=gaps"])
    monkeypatch.setattr(table, "send", sent.append)
    monkeypatch.setattr(address, "send", sent.append)
    table.refuse("No such chapter.")
    address.focus("h2")
    assert sent == [{"refused": "No such chapter."}, {"focus": "h2"}]
    assert field({"size": 3}, "size", 0) == 3


def test_an_upload_may_leave_out_what_is_nothing_and_is_over_when_it_is_read():
    files, said = [], []
    upload = Upload(lambda *file: files.append(file), lambda text, **more: said.append((text, more)), most=10)
    upload._handle_custom_msg({"name": "a.txt"}, [])
    assert (files.pop(), said) == (("a.txt", b""), [])
    for start, piece in ((0, b"abc"), (3, b"def"), (3, b"def")):  # the last once more
        upload._handle_custom_msg({"name": "b.txt", "size": 6, "start": start}, [memoryview(piece)])
    assert files == [("b.txt", b"abcdef")]
    upload._handle_custom_msg({"name": "c.txt", "failed": "it was moved"}, [])
    assert said[-1] == ("c.txt: the browser cannot read it (it was moved).", {"wrong": True})
    assert len(files) == 1
