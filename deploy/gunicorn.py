"""The server, in the demo and in production. WEB_CONCURRENCY sets the number of processes."""

import os

# Only the proxy on this machine may reach the server: what it says about visitors is believed.
# Without this line gunicorn listens on every address as soon as PORT is set.
bind = os.environ.get("ECCA_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", 1))
threads = int(os.environ.get("ECCA_THREADS", 8))
timeout = 60
keepalive = 5
limit_request_line = 8190
preload_app = True
loglevel = "warning"
