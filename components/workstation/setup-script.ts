import { NOTEBOOK_ENVIRONMENTS, type NotebookEnvironment } from "./environments.ts";
import { IDLE_SCRIPT } from "./idle-script.ts";
import { VOLUME_SCRIPT } from "./volume-script.ts";

/** The port that Jupyter listens on, of 127.0.0.1 alone. */
export const NOTEBOOK_PORT = 8888;

export interface Setup {
  readonly environment: NotebookEnvironment;
  /** Requirements of pip beside those of the environment. */
  readonly packages: readonly string[];
  readonly pipIndexUrl: string | undefined;
  /** 0 for never. */
  readonly idleStopMinutes: number;
  /** Whether notebooks reach the instance metadata service, and so the instance's role. */
  readonly instanceCredentials: boolean;
  readonly tokenParameterName: string;
}

function file(path: string, mode: string, content: string): string {
  return `cat >${path} <<'END_OF_FILE'\n${content.trimEnd()}\nEND_OF_FILE\nchmod ${mode} ${path}\n`;
}

const SERVICE = (setup: Setup): string => `[Unit]
Description=Jupyter on 127.0.0.1:${NOTEBOOK_PORT}
Wants=network-online.target
After=network-online.target
RequiresMountsFor=/data

[Service]
User=jupyter
WorkingDirectory=/data/notebooks
Environment=HOME=/data/home
Environment=PATH=/opt/notebook/bin:/usr/local/bin:/usr/bin
Environment=JUPYTER_TOKEN_FILE=%d/token
LoadCredential=token:/etc/workstation/token
ExecStart=/opt/notebook/bin/jupyter lab --config=/etc/workstation/jupyter_server_config.py
Restart=on-failure
RestartSec=5
NoNewPrivileges=yes
PrivateTmp=yes
ProtectHome=yes
ProtectSystem=full
${setup.instanceCredentials ? "" : "IPAddressDeny=169.254.169.254 fd00:ec2::254\n"}
[Install]
WantedBy=multi-user.target
`;

const CONFIG = `c = get_config()
c.ServerApp.ip = "127.0.0.1"
c.ServerApp.port = ${NOTEBOOK_PORT}
c.ServerApp.port_retries = 0
c.ServerApp.open_browser = False
c.ServerApp.allow_remote_access = False
c.ServerApp.root_dir = "/data/notebooks"
`;

const idleService = (minutes: number): string => `[Unit]
Description=Stops this machine after ${minutes} minutes without work

[Service]
Type=oneshot
Environment=IDLE_MINUTES=${minutes}
ExecStart=/usr/local/sbin/workstation-idle
`;

const IDLE_TIMER = `[Unit]
Description=Looks every minute whether somebody works on this machine

[Timer]
OnBootSec=2min
OnUnitInactiveSec=1min

[Install]
WantedBy=timers.target
`;

/**
 * What a workstation boots with, for bash. It runs once, as root; what must run at every boot are systemd's units. Where
 * something cannot be had it ends with 1, and `/var/log/cloud-init-output.log` says why; the idle stop is on by then.
 *
 * The token is made on the machine, and nobody passes it on a command line, where `ps` would show it: it is written to a
 * file of root's, put into Parameter Store out of a file of root's, and reaches Jupyter as a credential of its unit.
 *
 * Sources: systemd.exec(5) on `LoadCredential` and `%d`, systemd.resource-control(5) on `IPAddressDeny`; Jupyter Server's
 * documentation on `JUPYTER_TOKEN_FILE`, which is read as it is, so without a newline at its end.
 *
 * @param region where the parameter is
 */
export function setupScript(setup: Setup, region: string): string {
  const { packages } = NOTEBOOK_ENVIRONMENTS[setup.environment];
  const idle =
    setup.idleStopMinutes === 0
      ? ""
      : [
          file("/usr/local/sbin/workstation-idle", "0755", IDLE_SCRIPT),
          file("/etc/systemd/system/workstation-idle.service", "0644", idleService(setup.idleStopMinutes)),
          file("/etc/systemd/system/workstation-idle.timer", "0644", IDLE_TIMER),
          "systemctl daemon-reload\nsystemctl enable --now workstation-idle.timer\n",
        ].join("");
  const index = setup.pipIndexUrl === undefined ? "" : `[global]\nindex-url = ${setup.pipIndexUrl}\n`;
  return `#!/bin/bash
# Makes a notebook server of this machine.
set -euo pipefail
fail() {
  echo "bastionless: no notebook: $1" >&2
  exit 1
}
retry() {
  local pause
  for pause in 2 4 8 16 32 64; do
    if "$@"; then return 0; fi
    sleep "$pause"
  done
  "$@"
}
install -d -m 0755 /etc/workstation /opt/notebook
${idle}
${VOLUME_SCRIPT}
device=$(wait_for_volume) || fail "its volume is not attached"
prepare_volume "$device"
install -d -m 0755 /data
grep -q ' /data ' /etc/fstab ||
  echo 'LABEL=workstation /data ext4 defaults,nofail,nosuid,nodev,x-systemd.growfs,x-systemd.device-timeout=5min 0 2' >>/etc/fstab
systemctl daemon-reload
mountpoint -q /data || mount /data || fail "its volume cannot be mounted"
resize2fs "$device" || fail "its volume cannot be grown"

# The same number on every machine that the volume is attached to.
id jupyter >/dev/null 2>&1 || useradd --uid 2000 --user-group --home-dir /data/home --no-create-home --shell /sbin/nologin jupyter
install -d -m 0700 -o jupyter -g jupyter /data/home /data/notebooks

command -v python3.12 >/dev/null 2>&1 || retry dnf -q -y install python3.12 python3.12-pip || fail "python 3.12 cannot be had"
chown jupyter:jupyter /opt/notebook
as_jupyter() { runuser -u jupyter -- env HOME=/data/home "$@"; }
[ -x /opt/notebook/bin/pip ] || as_jupyter python3.12 -m venv /opt/notebook || fail "its python environment cannot be made"
${index === "" ? "" : file("/opt/notebook/pip.conf", "0644", index)}${file("/etc/workstation/requirements.txt", "0644", [...packages, ...setup.packages].join("\n"))}retry as_jupyter /opt/notebook/bin/pip install --no-input --no-cache-dir --disable-pip-version-check -r /etc/workstation/requirements.txt ||
  fail "its packages cannot be had"

if [ ! -s /etc/workstation/token ]; then
  (umask 077 && python3 -c 'import secrets, sys; sys.stdout.write(secrets.token_urlsafe(32))' >/etc/workstation/token)
fi
request=$(mktemp)
trap 'rm -f "$request"' EXIT
printf '{"Name": "%s", "Value": "%s", "Type": "SecureString", "Overwrite": true}' '${setup.tokenParameterName}' "$(cat /etc/workstation/token)" >"$request"
retry aws ssm put-parameter --region '${region}' --cli-input-json "file://$request" >/dev/null ||
  fail "its token cannot be put into Parameter Store"

${file("/etc/workstation/jupyter_server_config.py", "0644", CONFIG)}${file("/etc/systemd/system/notebook.service", "0644", SERVICE(setup))}systemctl daemon-reload
systemctl enable --now notebook.service || fail "jupyter does not start"
`;
}
