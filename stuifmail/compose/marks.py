"""Text that is not ours, without life in the marks that mean something to us. Pure."""


def still_marks(text: str) -> str:
    """Answer foreign text in which marks of figures and of the reader's own link are no marks."""
    return text.replace("[[", "[ [").replace("]]", "] ]").replace("@@", "@ @")


def still_link(link: str | None) -> str | None:
    """Answer a foreign address, which means the same with its marks encoded."""
    return link.replace("@@", "%40%40").replace("[[", "%5B%5B").replace("]]", "%5D%5D") if link else None
