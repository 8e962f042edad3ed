"""The moves that a publication may make. Pure."""

from stuifmail.config.models import Review, Role
from stuifmail.errors import UnknownRole, WrongState
from stuifmail.model.reviews import Dossier
from stuifmail.model.reviews import PublicationState as State

#: From which states each verb may be done, and where it leads.
MOVES: dict[str, tuple[frozenset[State], State]] = {
    "edit": (frozenset({State.DRAFT, State.PROOFED, State.APPROVED, State.QUEUED}), State.DRAFT),
    "proof": (frozenset({State.DRAFT, State.PROOFED}), State.PROOFED),
    "approve": (frozenset({State.PROOFED}), State.APPROVED),
    "queue": (frozenset({State.APPROVED, State.QUEUED}), State.QUEUED),
    "void": (frozenset({State.APPROVED, State.QUEUED}), State.PROOFED),
    "finish": (frozenset({State.QUEUED}), State.SENT),
    "reopen": (frozenset({State.SENT, State.QUEUED}), State.QUEUED),
    "hold": (frozenset({State.DRAFT, State.PROOFED, State.APPROVED, State.QUEUED}), State.HELD),
    "kill": (
        frozenset({State.DRAFT, State.PROOFED, State.APPROVED, State.QUEUED, State.HELD, State.SENT}),
        State.KILLED,
    ),
}

#: What people call a verb that has another name here.
_SPOKEN = {"queue": "send", "kill": "withdraw", "reopen": "settle copies of"}

_NEXT = {
    State.DRAFT: "make a proof first: stuifmail proof {id}",
    State.PROOFED: "look at the proof, then: stuifmail approve {id} --as ROLE",
    State.APPROVED: "it is approved; send it with: stuifmail send {id} --as ROLE",
    State.QUEUED: "it waits for its moment; see: stuifmail show {id}",
    State.HELD: "it is held; let it go on with: stuifmail resume {id} --as ROLE",
    State.SENT: "it has been sent and can no longer change",
    State.KILLED: "it was taken back for good",
}


def next_step(state: State, publication_id: str) -> str:
    """Answer what a person can do with a publication in this state."""
    return _NEXT[state].format(id=publication_id)


def move(state: State, verb: str, publication_id: str) -> State:
    """Answer the state that `verb` leads to.

    Raises:
        WrongState: the verb cannot be done in this state.
    """
    allowed, target = MOVES[verb]
    if state not in allowed:
        raise WrongState(
            f"cannot {_SPOKEN.get(verb, verb)} a publication that is {state}",
            place=publication_id,
            remedy=next_step(state, publication_id),
        )
    return target


def resume_state(dossier: Dossier) -> State:
    """Answer the state to which a held publication goes back.

    Raises:
        WrongState: it is not held.
    """
    if dossier.state != State.HELD:
        raise WrongState(
            f"it is not held but {dossier.state}",
            place=dossier.id,
            remedy=next_step(dossier.state, dossier.id),
        )
    return State(dossier.held_from or State.DRAFT)


def require_role(review: Review, role_id: str, right: str) -> Role:
    """Answer the role, if it has the right ("edit", "approve" or "send").

    Raises:
        UnknownRole: there is no such role, or it lacks the right.
    """
    allowed = ", ".join(role.id for role in review.roles if right in role.may) or "nobody: see review.roles"
    role = next((role for role in review.roles if role.id == role_id), None)
    if role is None:
        known = ", ".join(role.id for role in review.roles)
        raise UnknownRole("the newsroom has no such role", place=role_id, remedy=f"its roles are {known}")
    if right not in role.may:
        raise UnknownRole(f"this role may not {right}", place=role_id, remedy=f"who may: {allowed}")
    return role
