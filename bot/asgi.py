"""The web process for a server that wants an application: `uvicorn bot.asgi:app`. The worker runs beside it, by itself."""

import os
from functools import partial

from bot.config import load_settings
from bot.env_file import with_env_file
from bot.logs import log_to_json
from bot.serve import watching
from bot.storage.start import prepare
from bot.web.app import create_app
from bot.wiring import HOME, build_runtime, build_services
from handoff.policy.loading import load_policy

log_to_json()
environ = with_env_file(os.environ, HOME)
policy = load_policy()
runtime = build_runtime(load_settings(environ, HOME, policy), policy, environ, serving=True)
prepare(runtime.engine, bring_up=False)
app = create_app(build_services(runtime), beside=partial(watching, runtime))
