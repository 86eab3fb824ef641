"""The reference page of the HTTP API, written from its document so that it cannot fall behind."""

from collections.abc import Iterator
from typing import Any

from web.api.problem import CODES, TITLES
from web.api.routes import document

_HEAD = """# Giao diện lập trình HTTP

Trang này viết từ chính các tuyến (`web/api/reference.py`); sửa câu chữ ở tuyến rồi chạy `python -m web.api.reference`.
Bản máy đọc: `/api/v1/openapi.json` (tiếng Anh: `?lang=en`).

{about}

```sh
quytrinh token create giang.vt --name "Một cửa điện tử" --scope act --days 90   # in mã truy cập một lần
curl -H "Authorization: Bearer qtt_…" https://noi-bo/api/v1/work
curl -H "Authorization: Bearer qtt_…" -H "Idempotency-Key: 6f1c…" -H 'If-Match: "7"' \\
     -H "Content-Type: application/json" -d '{{"item": 3, "outcome": "Hợp lệ"}}' \\
     https://noi-bo/api/v1/cases/HS-2026-0001/commands/finish-work
```

- Câu trả lời bằng tiếng Việt; gửi `Accept-Language: en` (hoặc `?lang=en`) để nhận tiếng Anh.
- Danh sách trả theo trang: `next` là giá trị của `after` cho trang sau, `null` là hết.
- Hồ sơ không được đọc thì như không có: 404.
- Mỗi mã truy cập được gọi `api_per_minute` lần mỗi phút (`quytrinh.toml`, mặc định 1200), quá thì 429 và `Retry-After`.
- Khóa `Idempotency-Key` riêng cho từng người: 1–100 ký tự ASCII nhìn thấy được, nên dùng UUID.
- Mất câu trả lời thì gửi lại y nguyên, cùng khóa: việc chỉ được làm một lần.
"""


#: How a file is sent, with what is said of it.
_PARTS = "multipart/form-data"


def page() -> str:
    """Return the page: what holds for every request, then every route with what it takes."""
    told: Any = document("vi")
    parts = [_HEAD.format(about=told["info"]["description"]), *_problems(), "## Các tuyến\n"]
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            parts += _route(method.upper(), path, operation, told["components"]["schemas"])
    return "\n".join(parts).rstrip() + "\n"


def _problems() -> Iterator[str]:
    yield "## Khi không làm được\n"
    yield "`application/problem+json` với `code` ổn định: mã của lời từ chối trong `engine/refusals/`, hoặc:\n"
    yield "| HTTP | `code` | Nghĩa |\n|---|---|---|"
    yield from (f"| {status} | `{CODES[status]}` | {words.into('vi')} |" for status, words in TITLES.items())
    yield ""


def _route(method: str, path: str, operation: dict[str, Any], shapes: dict[str, Any]) -> Iterator[str]:
    yield f"### `{method} {path}`\n\n{operation['summary']}.\n"
    rows = [
        f"| `{one['name']}` | {one['in']}{'' if one['required'] else ', tùy chọn'} | {one.get('description', '')} |"
        for one in operation.get("parameters", ())
    ]
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        sent = content["schema"]
        sent = shapes[sent["$ref"].rpartition("/")[2]] if kind == _PARTS else sent
        needed = sent.get("required", ())
        rows += [
            f"| `{name}` | body{'' if name in needed else ', tùy chọn'} | {_type(schema)} |"
            for name, schema in sent.get("properties", {}).items()
        ]
    if rows:
        yield "| Tên | Ở | Nghĩa, kiểu |\n|---|---|---|"
        yield from rows
        yield ""


def _type(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " hoặc ".join(_type(one) for one in schema["anyOf"])
    if "contentMediaType" in schema:
        return "tệp"
    kind = schema.get("format") or schema.get("type", "")
    if kind == "array":
        return f"danh sách {_type(schema.get('items', {}))}"
    if kind == "object":
        return "đối tượng tên → văn bản"
    return {"string": "văn bản", "integer": "số nguyên", "boolean": "đúng/sai", "null": "null", "date": "ngày"}[kind]


if __name__ == "__main__":
    from pathlib import Path

    place = Path(__file__).resolve().parents[2] / "docs" / "reference" / "api.md"
    place.write_text(page(), encoding="utf-8")
