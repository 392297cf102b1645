"""The start: one clear line for what is missing, and no production server on the demo's secrets or
accounts.
"""

import ast
import importlib.util
import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from ecca_site.access.checks import check_no_demo_accounts, refuse_demo_accounts
from home.checks import check_funding_texts

SCRIPT = settings.BASE_DIR / "deploy" / "run.py"
COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "ecca_site.settings.production",
    "ECCA_BASE_URL": "https://ecca.example",
    "ALLOWED_HOSTS": "ecca.example",
    "SECRET_KEY": "Zk3vW9qL1xT7mB5rJ8nD2cF6hG4pS0yA-eU_iOaQbXzVwRtMk-lPoIuY",
}


@pytest.fixture
def run(monkeypatch):
    spec = importlib.util.spec_from_file_location("run", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def start_production(**changes):
    values = {name: value for name, value in {**COMPLETE, **changes}.items() if value is not None}
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-W", "ignore", "-c", "import django; django.setup()"]
    return subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env={**keep, **values},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_everything_set():
    done = start_production()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None), ("SECRET_KEY", ""), ("SECRET_KEY", "short"), ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "demo-only-not-a-secret" * 4), ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"), ("ECCA_BASE_URL", None),
    ],
)  # fmt: skip
def test_production_refuses_to_start_without(name, value):
    done = start_production(**{name: value})
    assert done.returncode != 0
    assert name in done.stderr.strip().splitlines()[-1]


def test_production_refuses_demo_accounts(site, settings):
    get_user_model().objects.create_user("editor", "editor@demo.ecca.example", "x")
    assert check_no_demo_accounts(None, databases=["default"]) == []
    settings.IS_DEMO = False
    assert [error.id for error in check_no_demo_accounts(None, databases=["default"])] == [
        "ecca.E001"
    ]
    get_user_model().objects.all().delete()
    assert check_no_demo_accounts(None, databases=["default"]) == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_server_itself_refuses_demo_accounts(settings):
    settings.IS_DEMO = False
    refuse_demo_accounts()
    get_user_model().objects.create_user("editor", "editor@demo.ecca.example", "x")
    with pytest.raises(ImproperlyConfigured, match="demo accounts"):
        refuse_demo_accounts()


@pytest.mark.parametrize("command", ["seed_demo", "prepare_demo"])
def test_production_never_gets_the_demo(settings, db, command):
    settings.IS_DEMO = False
    with pytest.raises(CommandError, match="only for a demo"):
        call_command(command)


def test_a_live_language_without_its_funding_texts_fails_the_deploy(site, settings):
    settings.IS_DEMO = False
    site.funding_statement, site.funding_disclaimer, site.is_disclaimer_sample = (
        "Co-funded",
        "",
        False,
    )
    site.save()
    assert [error.id for error in check_funding_texts(None, databases=["default"])] == ["ecca.E002"]
    site.funding_disclaimer, site.is_disclaimer_sample = "Only the author's views", True
    site.save()
    assert "agreed wording" in check_funding_texts(None, databases=["default"])[0].msg
    site.is_disclaimer_sample = False
    site.save()
    assert check_funding_texts(None, databases=["default"]) == []


def test_a_taken_port_gets_one_line(run):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, SCRIPT],
            env={**os.environ, "PORT": str(port)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert (
        done.stderr.strip()
        == f"make: Port {port} is taken. Choose another one: PORT={port + 1} make run"
    )


@pytest.mark.parametrize("port", ["abc", "0", "-1", "65536", "8000x", "²", "٣"])
def test_a_port_that_is_none_gets_one_line(run, monkeypatch, port):
    monkeypatch.setenv("PORT", port)
    with pytest.raises(SystemExit, match="PORT must be a number"):
        run.port_from_environment()


def test_an_old_python_gets_one_line(run, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 2))
    with pytest.raises(SystemExit, match=r"make: Python 3\.11 or newer is needed; this is 3\.10\."):
        run.check_python()


def test_a_missing_venv_module_gets_one_line(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        run.check_python()


def test_uv_needs_no_venv_module(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}")
    run.check_python()


def test_the_script_can_be_read_by_an_old_python():
    ast.parse(SCRIPT.read_text(encoding="ascii"), feature_version=(3, 4))


@pytest.mark.whole
def test_the_benchmark_starts():
    """It is no test and nobody runs it for weeks."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.bench", "--help"]
    environment = {
        name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"
    }
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
