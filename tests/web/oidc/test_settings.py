"""What the settings say of a provider."""

from pathlib import Path

import pytest

from web.oidc.settings import Provider, Unusable, read_provider

WHOLE = """\
[oidc]
issuer = "https://dang-nhap.example"
client_id = "quytrinh"
client_secret_file = "bi-mat"
address = "https://quytrinh.example/"
name = "Tài khoản tỉnh B"
claim = "sub"
"""


def test_a_provider_is_read_with_its_secret_from_a_file_of_its_own(tmp_path: Path) -> None:
    assert read_provider(tmp_path) is None
    (tmp_path / "quytrinh.toml").write_text(WHOLE, "utf-8")
    (tmp_path / "bi-mat").write_text("một hai ba\n", "utf-8")
    found = read_provider(tmp_path)
    assert found == Provider(
        "https://dang-nhap.example",
        "quytrinh",
        "https://quytrinh.example",
        "Tài khoản tỉnh B",
        "sub",
        secret="một hai ba",  # noqa: S106 - of a provider that does not exist
    )
    assert found.returns == "https://quytrinh.example/dang-nhap/oidc/ve"
    assert "một hai ba" not in repr(found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://dang-nhap", "http://dang-nhap"),
        ("https://quytrinh", "ftp://quytrinh"),
        ("bi-mat", "không-có"),
        ('client_id = "quytrinh"\n', ""),
    ],
)
def test_what_cannot_be_used_is_said(tmp_path: Path, old: str, new: str) -> None:
    (tmp_path / "quytrinh.toml").write_text(WHOLE.replace(old, new), "utf-8")
    (tmp_path / "bi-mat").write_text("x", "utf-8")
    with pytest.raises(Unusable):
        read_provider(tmp_path)
