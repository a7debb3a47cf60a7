import type { Architecture } from "./instance-type.ts";
import type { OpenPgpKey } from "./openpgp-key.ts";

/** What a distribution's package manager installs. */
export type AgentPackage = "deb" | "rpm";

export interface AgentInstall {
  readonly package: AgentPackage;
  readonly architecture: Architecture;
  readonly signingKey: OpenPgpKey;
}

/** Where the Region's bucket of AWS is. */
export interface AgentSource {
  readonly region: string;
  readonly dnsSuffix: string;
}

const FOLDERS = { deb: "debian", rpm: "linux" } as const;
const PROCESSORS = { arm64: "arm64", x86_64: "amd64" } as const;
/** Without the repositories of the distribution, which a network without a way out does not reach. */
const INSTALL = { deb: 'dpkg -i "$package"', rpm: 'rpm -U "$package"' } as const;

/** Where the package is; its signature is beside it, with `.sig` at the end. */
export function agentPackageUrl(install: AgentInstall, { region, dnsSuffix }: AgentSource): string {
  const folder = `${FOLDERS[install.package]}_${PROCESSORS[install.architecture]}`;
  return `https://amazon-ssm-${region}.s3.${region}.${dnsSuffix}/latest/${folder}/amazon-ssm-agent.${install.package}`;
}

/**
 * The script that installs SSM Agent at the first boot, for a POSIX shell.
 *
 * It fails closed: a package is installed only where `gpgv` finds a good signature of the given key on it, by its full
 * fingerprint. Where the package, the signature or `gpgv` cannot be had, or the signature is not good, nothing is
 * installed, the script ends with 1, and `/var/log/cloud-init-output.log` says why. An image that has the agent, from a
 * package or as Ubuntu's snap, keeps it.
 *
 * `gpgv` and not `rpm --import`: the packages' key is certified with SHA-1, which the default policy of RHEL 9 refuses
 * to import (aws/amazon-ssm-agent issue 517), while the packages themselves are signed with SHA-256.
 *
 * Sources: Systems Manager User Guide, "Manually installing SSM Agent on EC2 instances for Linux" and "Verifying the
 * signature of SSM Agent"; gpgv(1), GnuPG's doc/DETAILS on status lines.
 */
export function agentInstallScript(install: AgentInstall, source: AgentSource): string {
  const { base64, fingerprint } = install.signingKey;
  return `#!/bin/sh
# Installs SSM Agent from the Region's bucket of AWS, if AWS's signature on it is good, and otherwise nothing.
set -eu
export DEBIAN_FRONTEND=noninteractive
fail() {
  echo "bastionless: SSM Agent is not installed: $1" >&2
  exit 1
}
start() {
  systemctl enable --now "$1" || fail "its service does not start"
  exit 0
}
for unit in amazon-ssm-agent snap.amazon-ssm-agent.amazon-ssm-agent; do
  if systemctl cat "$unit.service" >/dev/null 2>&1; then start "$unit"; fi
done
url=${agentPackageUrl(install, source)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
package="$work/amazon-ssm-agent.${install.package}"
get() {
  if command -v curl >/dev/null 2>&1; then
    curl -fsS --proto =https --max-time 300 -o "$2" "$1"
  elif command -v wget >/dev/null 2>&1; then
    wget -q --https-only -T 300 -O "$2" "$1"
  else
    python3 -c 'import sys, urllib.request as r; r.urlretrieve(sys.argv[1], sys.argv[2])' "$1" "$2"
  fi
}
fetch() {
  for wait in 1 2 4 8 16 32 0; do
    if get "$1" "$2"; then return 0; fi
    sleep "$wait"
  done
  fail "$1 cannot be fetched"
}
fetch "$url" "$package"
fetch "$url.sig" "$package.sig"
if ! command -v gpgv >/dev/null 2>&1; then
  { apt-get -qq update && apt-get -qq install -y gpgv; } || dnf -q -y install gnupg2 || true
fi
command -v gpgv >/dev/null 2>&1 || fail "gpgv, which checks its signature, cannot be had"
base64 -d >"$work/key.gpg" <<'KEY'
${(base64.match(/.{1,76}/g) ?? []).join("\n")}
KEY
gpgv --homedir "$work" --status-fd 1 --keyring "$work/key.gpg" "$package.sig" "$package" >"$work/status" ||
  fail "its signature is not good"
grep -q '^\\[GNUPG:\\] GOODSIG ' "$work/status" || fail "its signature is not good"
grep -q '^\\[GNUPG:\\] VALIDSIG ${fingerprint} ' "$work/status" || fail "another key signed it"
${INSTALL[install.package]} || fail "its package does not install"
start amazon-ssm-agent
`;
}
