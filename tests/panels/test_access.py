"""Who a panel is for: a visitor's decisions are a copy that is deleted, everybody else's are the library's."""

import atexit

from procman.panels.access import own_decisions


def test_a_visitor_has_a_copy_which_is_deleted_when_the_panel_closes(tmp_path, monkeypatch):
    shared, closing = tmp_path / "decisions.csv", []
    monkeypatch.setattr(atexit, "register", lambda act, *given, **named: closing.append(lambda: act(*given, **named)))
    assert own_decisions(shared) == shared
    assert closing == []
    monkeypatch.setenv("PROCMAN_ACCESS", "visitors")
    none = own_decisions(shared)
    assert (none.name, none.exists(), none.parent.is_dir()) == ("decisions.csv", False, True)
    shared.write_text("date,decision\n")
    mine = own_decisions(shared)
    assert mine.read_bytes() == shared.read_bytes()
    assert len({shared.parent, none.parent, mine.parent}) == 3
    for close in closing * 2:  # a person may have deleted it before
        close()
    assert [file.exists() for file in (shared, none.parent, mine.parent)] == [True, False, False]
