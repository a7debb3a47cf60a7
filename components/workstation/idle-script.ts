/**
 * The program that a timer starts every minute, and that stops the machine when nobody works on it.
 *
 * Work is: a kernel that is busy, or that did something; a terminal, of a session or in Jupyter, with input or output. An
 * open browser or tunnel alone is none. Until the first boot's setup has ended, nothing is stopped. Where Jupyter
 * does not answer, no kernel works. What cannot be read counts as no work, so that a broken machine stops too.
 *
 * Its places can be set by environment variables, for tests.
 */
export const IDLE_SCRIPT = `#!/usr/bin/python3
"""Stops this machine after IDLE_MINUTES without work: see the unit workstation-idle.timer."""
import glob, json, os, subprocess, sys, time, urllib.request
from datetime import datetime

env = os.environ.get
limit = int(os.environ["IDLE_MINUTES"]) * 60
mark = env("IDLE_MARK", "/run/workstation-active")
url = env("IDLE_URL", "http://127.0.0.1:8888/api/kernels")
token = env("IDLE_TOKEN", "/etc/workstation/token")
terminals = env("IDLE_TERMINALS", "/dev/pts/[0-9]*")
ready = env("IDLE_READY", "/run/cloud-init/result.json")
stop = env("IDLE_STOP", "/usr/sbin/shutdown")


def kernels(now):
    try:
        with open(token) as file:
            headers = {"Authorization": "token " + file.read()}
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:
            for kernel in json.load(answer):
                if kernel.get("execution_state") == "busy":
                    yield now
                else:
                    yield datetime.fromisoformat(kernel["last_activity"].replace("Z", "+00:00")).timestamp()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print("kernels cannot be asked:", error, file=sys.stderr)


def shells():
    for path in glob.glob(terminals):
        try:
            seen = os.stat(path)
            yield max(seen.st_atime, seen.st_mtime)
        except FileNotFoundError:
            continue


now = time.time()
if not os.path.exists(mark):
    open(mark, "w").close()
if not os.path.exists(ready):
    os.utime(mark, (now, now))
# A time to come, of a clock that was set back, is no work for longer than from now on.
last = min(now, max([os.stat(mark).st_mtime, *kernels(now), *shells()]))
os.utime(mark, (last, last))
if now - last >= limit:
    print("no work for", int((now - last) / 60), "minutes: stopping", flush=True)
    subprocess.run([stop, "-h", "+1", "No work on this machine: it stops in a minute."], check=True)
`;
