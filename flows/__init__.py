"""Prefect and nothing else: each file is one flow, read from top to bottom.

Run one with `python -m flows.harvest`, all on their schedules with `python -m flows.serve`.
"""

import os

# Prefect reads these when it is first imported. They keep it from calling outside, and are
# defaults only: whoever sets them otherwise is obeyed.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
# The first server of a machine makes its database first, which may take longer than the
# twenty seconds that Prefect allows itself.
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "90")
os.environ.setdefault("PREFECT_SHOW_PROMOTIONAL_CONTENT", "false")
