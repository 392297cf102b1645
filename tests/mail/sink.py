"""A mail server for tests that fails as it is told to, and keeps what it has taken."""

import email
import email.policy
import socketserver
import threading
import time
from contextlib import suppress

FAILURES = ("refused", "unknown host", "421", "dropped", "hanging", "535", "451", "550")


class Conversation(socketserver.StreamRequestHandler):
    def say(self, *lines):
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def handle(self):
        with suppress(ConnectionError):
            self.greet()

    def greet(self):
        mode = self.server.sink.mode
        self.server.sink.connections += 1
        if mode == "hanging":
            self.server.sink.stopped.wait(900)
        elif mode == "421":
            self.say("421 Too busy, closing")
        else:
            self.say("220 sink ready")
            self.converse(mode)

    def converse(self, mode):
        recipients = []
        while line := self.rfile.readline().decode().strip():
            command = line.upper()
            if command.startswith("EHLO"):
                self.say("250-sink", "250 AUTH PLAIN")
            elif command.startswith("AUTH"):
                self.say("535 Wrong password" if mode == "535" else "235 Welcome")
            elif command.startswith("RCPT"):
                if mode in ("451", "550"):
                    self.say("451 Try again later" if mode == "451" else "550 No such mailbox")
                else:
                    recipients.append(line.partition("<")[2].partition(">")[0])
                    self.say("250 Yes")
            elif command == "DATA":
                self.say("354 Go on")
                content = self.read_message()
                if mode == "dropped":
                    return
                self.server.sink.keep(recipients, content)
                self.say("250 Taken")
            elif command == "QUIT":
                self.say("221 Bye")
                return
            else:
                self.say("250 Yes")

    def read_message(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class Sink:
    """Listens on one port as long as its mode is not "refused".

    ``messages`` is what it has promised to deliver.
    """

    def __init__(self):
        self.mode, self.messages, self.connections = "ok", [], 0
        self.stopped, self.server, self.port = threading.Event(), None, 0
        self.listen()

    def listen(self):
        self.stopped.clear()
        self.server = Server(("127.0.0.1", self.port), Conversation)
        self.server.sink, self.port = self, self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self):
        self.stopped.set()
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None

    def set(self, mode):
        self.mode = mode
        if mode == "refused":
            self.close()
        elif self.server is None:
            self.listen()
        if mode == "ok":
            self.stopped.set()  # whoever hangs is let go
            time.sleep(0.1)
            self.stopped.clear()

    def keep(self, recipients, content):
        message = email.message_from_bytes(content, policy=email.policy.default)
        self.messages += [(recipient, message) for recipient in recipients]

    def url(self, host="127.0.0.1"):
        return f"smtp://ecca:secret@{host}:{self.port}"
