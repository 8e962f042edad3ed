"""The locked versions beneath Prefect: its own client against its own server, in a process of its own.

fastapi 0.151 began to refuse an explicit null, which Prefect 3.8.8's client sends for "all";
0.155 dropped an argument without which Prefect's server does not start.
"""

import os
import subprocess
import sys

ASK = """
import asyncio
from prefect.client.orchestration import get_client
from prefect.settings import get_current_settings

async def ask():
    async with get_client() as client:
        found = [await client.read_flows(), await client.read_flow_runs(), await client.read_deployments()]
        print([len(each) for each in found])

asyncio.run(ask())
server = get_current_settings().server
print(server.analytics_enabled, server.ui.show_promotional_content, server.concurrency.lease_storage)
"""


def test_prefects_client_and_server_understand_each_other_and_the_projects_settings_hold(root, tmp_path):
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "DO_NOT_TRACK"))
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=root,
        env={**kept, "PREFECT_HOME": str(tmp_path), "PREFECT_LOGGING_LEVEL": "ERROR"},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert lines[:1] == ["[0, 0, 0]"], done.stdout + done.stderr
    assert lines[1] == "False False prefect.server.concurrency.lease_storage.filesystem"
