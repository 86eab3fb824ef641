"""The register of documents (`văn bản.yaml`): number, name, and since when each is in force or no longer."""

from procedures.documents import Document
from procedures.grammar import Shape
from procedures.reading import times
from procedures.reading.block import fits, open_block
from procedures.reading.desk import Desk
from procedures.source import Node
from procedures.words import say


def read_documents(desk: Desk, node: Node) -> tuple[Document, ...]:
    """Read every entry; what replaces a document must stand in the register too."""
    found: list[Document] = []
    known = {key.text for key, _ in node.entries}
    for key, value in node.entries:
        if not fits(desk, Shape(text=True, block="document"), key, value):
            continue
        if value.kind == "text":
            found.append(Document(key.text, value.text))
            continue
        block = open_block(desk, "document", value, (key.text,), key)
        since, ceased = times.day(block, "effective_from"), times.day(block, "ceased")
        if since is not None and ceased is not None and ceased <= since:
            desk.fault("QT541", block.span("ceased"), say("the document ceases before it comes into force"))
        after = block.phrase("replaced_by")
        if after is not None and after.text not in known:
            desk.fault(
                "QT542",
                after.span,
                say("the document “{number}” is not in the register", number=after.text),
                help=say("add an entry for it"),
            )
        found.append(Document(key.text, block.text("name") or "", since, ceased, after.text if after else None))
    return tuple(found)
