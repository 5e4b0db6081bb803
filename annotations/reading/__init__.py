"""Reading: an article with its marks, in one piece or (at the desk) in many, and the proof of a passage."""

from annotations.reading.desk import MarkedPiece, marked_pieces
from annotations.reading.page import MarkedText
from annotations.reading.passage import PassageProof, proof_of

__all__ = [
    "MarkedPiece",
    "MarkedText",
    "PassageProof",
    "marked_pieces",
    "proof_of",
]
