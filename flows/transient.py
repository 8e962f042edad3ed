"""Which errors a task may try again."""

from typing import Any

from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from stuifmail import TryLater


def is_transient(_task: Task[Any, Any], _run: TaskRun, state: State[Any]) -> bool:
    """Answer whether the task failed for a reason that may pass by itself."""
    return isinstance(state.result(raise_on_failure=False), TryLater)
