"""What ``make run`` and ``make reset-demo`` do, and how ``make test`` gets its environment.

Nothing but the standard library is used until the environment stands.

Every Python must be able to read this file, also one that is too old for the site: it says so in
one line. So there is nothing here that Python 2.7 cannot parse.
"""

import errno
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "bin")
VAR = os.environ.get("ECCA_VAR_DIR", os.path.join(ROOT, "var"))
OLDEST = (3, 11)


def stop(message):
    sys.exit("make: " + message)


def say(message, end="\n"):
    sys.stdout.write(message + end)
    sys.stdout.flush()


def check_python():
    if sys.version_info < OLDEST:
        stop(
            "Python {}.{} or newer is needed; this is {}.{}.".format(
                *(OLDEST + tuple(sys.version_info[:2]))
            )
        )
    if shutil.which("uv"):
        return  # it makes virtual environments by itself
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        stop("Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv")


def check_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            reason = "taken" if error.errno == errno.EADDRINUSE else "not open to you"
            other = port + 1 if 1024 <= port < 65535 else 8001
            stop("Port {} is {}. Choose another one: PORT={} make run".format(port, reason, other))


def port_from_environment():
    value = os.environ.get("PORT") or "8000"
    if not re.match("[0-9]{1,5}$", value) or not 0 < int(value) < 65536:
        stop("PORT must be a number from 1 to 65535, not {!r}.".format(value))
    return int(value)


def run(*command, **kwargs):
    process = subprocess.Popen(command, cwd=ROOT, **kwargs)
    if process.wait():
        stop("this step failed: " + " ".join(command))


def run_patiently(*command):
    """Run a silent command and show every two seconds that it is still at work."""
    process, dots = subprocess.Popen(command, cwd=ROOT), 0
    while True:
        try:
            failed = process.wait(2)
            break
        except subprocess.TimeoutExpired:
            say(".", end="")
            dots += 1
    if dots:
        say("")
    if failed:
        stop("this step failed: " + " ".join(command))


def install(lock):
    """Make the virtual environment and install what the lock says, unless that was done for this
    very lock.
    """
    with open(os.path.join(ROOT, lock), "rb") as file:
        wanted = hashlib.sha256(file.read()).hexdigest()
    stamp = os.path.join(VENV, lock + ".installed")
    if os.path.exists(stamp):
        with open(stamp) as file:
            if file.read() == wanted:
                return
    uv = shutil.which("uv")
    say(
        "Installing the dependencies with {} (once, about 20 seconds)".format("uv" if uv else "pip")
    )
    python = os.path.join(BIN, "python")
    if not os.path.exists(python):
        if uv:
            run(uv, "venv", "--quiet", "--python", sys.executable, VENV)
        else:
            run(sys.executable, "-m", "venv", VENV)
    if uv:
        run_patiently(
            uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "-r", lock
        )
    else:
        # "no compile": Python compiles what it really imports, which is a third of it.
        pip = [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-compile",
        ]
        run_patiently(*(pip + ["--require-hashes", "-r", lock]))
    with open(stamp, "w") as file:
        file.write(wanted)


def environment():
    values = dict(os.environ, DJANGO_SETTINGS_MODULE="ecca_site.settings.dev", ECCA_VAR_DIR=VAR)
    values["PYTHONUTF8"] = "1"  # names of languages are printed, whatever the terminal's locale
    values.pop("PYTHONDONTWRITEBYTECODE", None)  # it doubles every start
    return values


def main(argv):
    check_python()
    started = time.monotonic()
    if argv == ["install-dev"]:
        install("requirements-dev.txt")
        return
    port = port_from_environment()
    check_port(port)
    install("requirements.txt")
    os.makedirs(VAR, exist_ok=True)
    values = environment()
    values["ECCA_BASE_URL"] = address = "http://127.0.0.1:{}".format(port)
    python = os.path.join(BIN, "python")
    command = [python, "manage.py", "prepare_demo", "--pictures-later", "--port", str(port)]
    if argv == ["reset"]:
        command.append("--reset")
    run(*command, env=values)
    say("Ready after {:.0f} seconds. Stop with Ctrl+C.".format(time.monotonic() - started))
    gunicorn = os.path.join(BIN, "gunicorn")
    os.chdir(ROOT)
    os.execve(
        gunicorn,
        [
            gunicorn,
            "ecca_site.wsgi",
            "--config",
            "deploy/gunicorn.py",
            "--bind",
            address.split("//")[1],
        ],
        values,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
