"""Types of flow parameters: they make the forms in Prefect's pages."""

from typing import Annotated

from pydantic import Field

NewsroomFolder = Annotated[
    str,
    Field(
        title="Newsroom", description="Folder with sources.yaml, as the machine that runs the flow sees it."
    ),
]
SourceIds = Annotated[
    list[str] | None,
    Field(title="Sources", description="Ids of the sources to harvest; leave empty for all of them."),
]
NewsletterId = Annotated[
    str | None,
    Field(title="Newsletter", description="Id of the newsletter; leave empty where there is only one."),
]
OnlyWhenDue = Annotated[
    bool,
    Field(
        title="Only when due",
        description="Draft only from the planned drafting day on. Leave off to draft the next issue now.",
    ),
]
PublicationId = Annotated[
    str | None,
    Field(
        title="Publication",
        description="Id of one publication, such as nieuwsbrief-2026-05; leave empty for all that are due.",
    ),
]
Moment = Annotated[
    str | None,
    Field(
        title="Moment",
        description="Act as if it were this moment (ISO 8601 with zone). For demonstrations and tests only.",
    ),
]
