"""How a command ends: one table of exit codes, and the exception that carries a message to the door."""

from enum import IntEnum

from procedures.words import Words


class Exit(IntEnum):
    """Exit codes, the same for all commands."""

    DONE = 0
    CONTENT = 1  # the content has problems: check errors, failed test, checksum mismatch
    USAGE = 2  # wrong usage: flag, path, unknown case
    DIFFERENT = 3  # differences exist, only where asked for
    REFUSED = 4  # rights, stale version, missing approval
    ENVIRONMENT = 5  # database, disk, font, network, locked by another process
    BUG = 70
    INTERRUPTED = 130


#: What each code means to whoever writes a script.
MEANING = {
    Exit.DONE: "xong; không có gì ở mức `--fail-on` trở lên",
    Exit.CONTENT: "nội dung có lỗi: kiểm tra, tình huống thử, đối chiếu nhật ký",
    Exit.USAGE: "dùng sai: cờ, đường dẫn, mã không có",
    Exit.DIFFERENT: "có khác biệt (`diff --exit-code`, `fmt --check`, `publish --dry-run`, `doctor --changes`)",
    Exit.REFUSED: "bị từ chối: không đúng người, phiên bản đã cũ, thiếu phê duyệt, ngày hiệu lực không hợp lệ",
    Exit.ENVIRONMENT: "máy không cho phép: cơ sở dữ liệu, đĩa, quyền tệp",
    Exit.BUG: "lỗi của quytrinh; đường dẫn tệp báo cáo được in ra",
    Exit.INTERRUPTED: "bị ngắt; không có gì ghi dở dang",
}


class Stop(Exception):  # noqa: N818 - it ends a command, it is no error of ours
    """End the command with a message (or none, when all has been said) and a code."""

    def __init__(self, words: Words | None, code: Exit) -> None:
        super().__init__(str(words or ""))
        self.words = words
        self.code = code
