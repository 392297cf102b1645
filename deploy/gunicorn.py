"""The server, in the demo and in production. WEB_CONCURRENCY sets the number of processes."""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", 1))
threads = int(os.environ.get("ECCA_THREADS", 8))
timeout = 60
keepalive = 5
limit_request_line = 8190
preload_app = True
loglevel = "warning"
