"""Secrets are for their owner's eyes, from the first moment on."""

import json
import os
from pathlib import Path

import pytest

from sheetcrm.errors import AccessError
from sheetcrm.text import say
from sheetcrm.workbook.google.connection.secret_files import (
    check_keeps,
    check_private,
    config_folder,
    read_json,
    write_private,
)

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")


@POSIX
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_secret_is_written_for_its_owner_alone(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "sheetcrm" / "token.json"
    before = os.umask(umask)
    try:
        write_private(path, {"refresh_token": "x"})
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert json.loads(path.read_text()) == {"refresh_token": "x"}
    assert [*path.parent.iterdir()] == [path]


@POSIX
def test_a_secret_that_others_could_read_is_closed_when_it_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "token.json"
    path.write_text("{}")
    path.chmod(0o644)
    write_private(path, {})
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_written_leaves_the_old_secret_whole(tmp_path: Path) -> None:
    path = tmp_path / "token.json"
    write_private(path, {"refresh_token": "old"})
    with pytest.raises(TypeError):
        write_private(path, {"refresh_token": object()})
    assert json.loads(path.read_text()) == {"refresh_token": "old"}
    assert [*tmp_path.iterdir()] == [path]


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(AccessError, match="cannot be kept in"):
        write_private(tmp_path / "file" / "token.json", {})


@POSIX
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused_with_what_to_type(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "key.json"
    path.write_text("{}")
    path.chmod(mode)
    with pytest.raises(AccessError, match="Other people on this computer can read") as refused:
        check_private(path, read_json(path)[1])
    assert refused.value.hint
    assert say(refused.value.hint, "en") == f"Type: chmod 600 {path}"


@pytest.mark.parametrize("content", ["", "{", "[]", "SECRET", "\xff"])
def test_what_is_no_json_object_is_refused_without_telling_what_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / "key.json"
    path.write_text(content, encoding="latin-1")
    with pytest.raises(AccessError, match="is no JSON file") as refused:
        read_json(path)
    assert refused.value.__context__ is None


def test_a_file_that_is_not_there_and_one_that_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(AccessError, match="There is no file"):
        read_json(tmp_path / "key.json")
    with pytest.raises(AccessError, match="it is no JSON file"):
        read_json(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this platform has no pipes among its files")
def test_a_pipe_and_a_file_beyond_any_key_are_not_read(tmp_path: Path) -> None:
    pipe, huge = tmp_path / "pipe.json", tmp_path / "huge.json"
    os.mkfifo(pipe)
    huge.write_bytes(b"[" * 1_000_001)
    for path in (pipe, huge):
        with pytest.raises(AccessError, match="it is no JSON file"):
            read_json(path)


def test_the_platforms_folder(tmp_path: Path) -> None:
    assert config_folder().name == "sheetcrm"
    assert tmp_path in config_folder().parents


def test_a_folder_that_cannot_keep_anything_is_found_out_beforehand(tmp_path: Path) -> None:
    check_keeps(tmp_path / "fresh")
    assert list((tmp_path / "fresh").iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(AccessError, match="cannot be kept"):
        check_keeps(tmp_path / "file" / "below")
