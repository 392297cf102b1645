from typing import Any

from django_tasks_db.management.commands.db_worker import Command as DatabaseWorkerCommand

from ecca_site.workers.leases import Heart


class Command(DatabaseWorkerCommand):
    help = "Do what waits in the queue, and again what a worker that died had begun"

    def handle(self, *, worker_id: str, **options: Any) -> None:
        with Heart(worker_id):
            super().handle(worker_id=worker_id, **options)
