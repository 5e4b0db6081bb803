"""What is said of a file that cannot be read."""


class UnreadableManuscript(ValueError):
    """The manuscript cannot be read; the message is one sentence for whoever sent it."""
