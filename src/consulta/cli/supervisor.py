"""One tree of processes: what falls is started again, and nothing outlives the one on top."""

import ctypes
import os
import selectors
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

#: Seconds that children have to finish what they are doing when the tree is stopped.
GRACE = 10.0
#: Seconds before a child that fell is started again: doubled at each fall, up to the last.
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 10.0
#: A child that stood this long (seconds) starts with the first pause again.
STOOD = 10.0
#: What asks the tree to stop.
STOPS = (signal.SIGTERM, signal.SIGINT)
PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(slots=True)
class Child:
    """One process of the tree: a name for the log, and what it does until it is stopped."""

    name: str
    run: Callable[[], None]
    pid: int = 0
    started: float = 0.0
    due: float = 0.0  # when it is to be started (monotonic seconds)
    pause: float = FIRST_PAUSE


@dataclass
class Supervisor:
    """Starts the children, passes on what they say, and starts again those that fall."""

    children: Sequence[Child]
    grace: float = GRACE
    write: Callable[[str], object] = field(default=sys.stderr.write)
    _stopping: float | None = None  # when patience ends (monotonic seconds)
    _log: selectors.DefaultSelector = field(default_factory=selectors.DefaultSelector)

    def run(self) -> int:
        """Work until SIGTERM or SIGINT; 0 when all ended in time, 1 when some had to be killed."""
        lifeline, held = os.pipe()  # nobody writes: children read its end when this process is gone
        self._listen()
        while self._stopping is None or self._living():
            self._reap()
            for child in self.children:
                self._start_if_due(child, lifeline, held)
            if self._stopping is not None and time.monotonic() > self._stopping:
                return self._kill()
            self._pass_on(timeout=0.2)
        return 0

    def _listen(self) -> None:
        """Have signals wake the loop, which otherwise waits for what the children say."""
        wake, awake = os.pipe()
        for end in (wake, awake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(awake, warn_on_full_buffer=False)
        self._log.register(wake, selectors.EVENT_READ, None)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for stop in STOPS:
            signal.signal(stop, self._stop)

    def _stop(self, *_: object) -> None:
        """Ask every child to finish; asked a second time, do not wait for them."""
        again = self._stopping is not None
        self._stopping = time.monotonic() + (0 if again else self.grace)
        for child in self._living():
            os.kill(child.pid, signal.SIGTERM)

    def _start_if_due(self, child: Child, lifeline: int, held: int) -> None:
        """Start *child* if it is time; a stop comes before or after, and reaches no half-known one."""
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        try:
            if self._stopping is None and not child.pid and child.due <= time.monotonic():
                self._start(child, lifeline, held)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)

    def _living(self) -> list[Child]:
        return [child for child in self.children if child.pid]

    def _kill(self) -> int:
        for child in self._living():
            os.kill(child.pid, signal.SIGKILL)
            os.waitpid(child.pid, 0)
            self.write(f"{child.name}: did not end in time and was stopped\n")
        return 1

    def _start(self, child: Child, lifeline: int, held: int) -> None:
        reading, writing = os.pipe()
        parent = os.getpid()
        child.started = time.monotonic()
        child.pid = os.fork()
        if child.pid == 0:
            signal.set_wakeup_fd(-1)
            os.close(held)
            self._log.close()
            _become(child, output=writing)
            _die_with(parent, lifeline)
            _work(child)
        os.close(writing)
        os.set_blocking(reading, False)
        self._log.register(reading, selectors.EVENT_READ, (child.name, bytearray()))

    def _reap(self) -> None:
        for child in self._living():
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            if pid:
                child.pid = 0
                if self._stopping is None:
                    self._plan(child, os.waitstatus_to_exitcode(status))

    def _plan(self, child: Child, code: int) -> None:
        """Have a fallen child started again, later each time it falls quickly."""
        now = time.monotonic()
        if now - child.started > STOOD:
            child.pause = FIRST_PAUSE
        child.due = now + child.pause
        self.write(f"{child.name}: ended ({code}), starts again in {child.pause:.1f} s\n")
        child.pause = min(child.pause * 2, LONGEST_PAUSE)

    def _pass_on(self, *, timeout: float) -> None:
        """Write what children said, line by line, behind their names."""
        for key, _ in self._log.select(timeout):
            try:
                said = os.read(key.fd, 65536)
            except BlockingIOError:
                continue
            if key.data is None:
                continue
            name, rest = key.data
            if not said:
                self._log.unregister(key.fd)
                os.close(key.fd)
            *lines, left = (bytes(rest) + said).split(b"\n")
            rest[:] = left
            for line in lines:
                self.write(f"{name}: {line.decode(errors='replace')}\n")


def _become(child: Child, *, output: int) -> None:
    """In the child: speak into the log, and leave the terminal's Ctrl-C to the process on top."""
    os.setpgid(0, 0)
    for caught in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD):
        signal.signal(caught, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.close(output)
    sys.stdout = os.fdopen(1, "w", buffering=1, closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
    os.environ["CONSULTA_PROCESS"] = child.name


def _die_with(parent: int, lifeline: int) -> None:
    """In the child: end when *parent* ends, however it ends; nothing acknowledged is in memory."""
    end_with(parent)
    threading.Thread(target=_watch, args=(lifeline,), daemon=True).start()


def end_with(parent: int) -> None:
    """In a child: have the kernel end this process with *parent*; Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _watch(lifeline: int) -> None:
    os.read(lifeline, 1)
    os._exit(1)


def _work(child: Child) -> None:
    """In the child: do its work, and never return into the parent's code."""
    code = 1
    try:
        child.run()
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 1
    except BaseException:  # the edge of the process: said in the log, seen by the parent
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
