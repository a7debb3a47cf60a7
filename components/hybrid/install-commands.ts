/** What a machine needs to register. */
export interface Registration {
  readonly activationId: string;
  readonly activationCode: string;
  readonly region: string;
  readonly dnsSuffix: string;
}

function checked(registration: Registration): Registration {
  for (const [what, value] of Object.entries(registration)) {
    if (!/^[A-Za-z0-9.-]+$/.test(value)) {
      throw new Error(
        `\`${what}\` of an activation has a character that a shell reads, expected letters, digits, \`.\` and \`-\` only`,
      );
    }
  }
  return registration;
}

/**
 * Lines for a POSIX shell that install SSM Agent and register the machine, for x86_64 and arm64. Needs `curl` and `sudo`.
 * AWS's `ssm-setup-cli` comes over TLS, and checks the signature of the agent that it installs.
 *
 * Source: Systems Manager User Guide, "How to install the SSM Agent on hybrid Linux nodes".
 */
export function linuxInstall(registration: Registration): string {
  const { activationCode, activationId, dnsSuffix, region } = checked(registration);
  return `set -eu
case "$(uname -m)" in
  aarch64 | arm64) processor=arm64 ;;
  x86_64 | amd64) processor=amd64 ;;
  *) echo "SSM Agent is made for x86_64 and arm64" >&2 && exit 1 ;;
esac
if command -v dpkg >/dev/null 2>&1; then family=debian; else family=linux; fi
folder=$(mktemp -d)
curl -fsS --proto =https -o "$folder/ssm-setup-cli" "https://amazon-ssm-${region}.s3.${region}.${dnsSuffix}/latest/\${family}_$processor/ssm-setup-cli"
chmod 0700 "$folder/ssm-setup-cli"
sudo "$folder/ssm-setup-cli" -register -activation-code "${activationCode}" -activation-id "${activationId}" -region "${region}"
`;
}

/**
 * The same for PowerShell as an administrator, on x86_64.
 *
 * Source: Systems Manager User Guide, "How to install the SSM Agent on hybrid Windows nodes".
 */
export function windowsInstall(registration: Registration): string {
  const { activationCode, activationId, dnsSuffix, region } = checked(registration);
  return `$ErrorActionPreference = 'Stop'
[System.Net.ServicePointManager]::SecurityProtocol = 'TLS12'
$folder = New-Item -ItemType Directory -Path (Join-Path $env:TEMP ([guid]::NewGuid()))
$program = Join-Path $folder 'ssm-setup-cli.exe'
(New-Object System.Net.WebClient).DownloadFile('https://amazon-ssm-${region}.s3.${region}.${dnsSuffix}/latest/windows_amd64/ssm-setup-cli.exe', $program)
& $program -register "-activation-code=${activationCode}" "-activation-id=${activationId}" "-region=${region}"
if ($LASTEXITCODE -ne 0) { throw "ssm-setup-cli ended with $LASTEXITCODE" }
Get-Service -Name AmazonSSMAgent
`;
}
