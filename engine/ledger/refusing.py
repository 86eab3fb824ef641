"""Why a key or a checkpoint is not used."""

from procedures.words import Words


class LedgerRefusal(Exception):  # noqa: N818 - said to people, with what to do
    """A key or a checkpoint cannot be used, or must not be made; `words` say why."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words
