"""The web process for a server that wants an application: `uvicorn bot.asgi:app`."""

import os

from bot.config import load_settings
from bot.web.app import create_app
from bot.wiring import HOME, build_house, build_services
from handoff.policy import load_policy

policy = load_policy()
house = build_house(load_settings(os.environ, HOME, policy), policy, os.environ, serving=True)
app = create_app(build_services(house))
