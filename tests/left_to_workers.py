"""What was left to a worker in the database, done in the process of a test."""

from django_tasks_db.models import DBTaskResult


def do_what_was_left(name):
    """Do the tasks that wait, of those with this in their name, in their order."""
    for task in DBTaskResult.objects.ready().filter(task_path__contains=name).order_by("pk"):
        task.task.call(*task.args_kwargs["args"])
        task.delete()
