import { every, matching, wholeNumber } from "../core/checks.ts";
import type { Check, Problems } from "../core/problems.ts";
import type { CollectLogsArgs, HealthCheckArgs, RestartServiceArgs, WithoutSudoArgs } from "./args.ts";
import type { StepPlan } from "./content.ts";

/**
 * Scripts for what is done on every fleet. Pure. What they are given consists of letters that no shell treats specially,
 * and is quoted all the same.
 */

export interface Preset {
  readonly description: string;
  readonly steps: readonly StepPlan[];
}

const service = matching(
  /^[A-Za-z0-9][\w@.:-]{0,254}$/,
  "the name of a service: letters, digits and `_@.:-`",
  "name it as the operating system does",
);

const logPath: Check<string> = every(
  matching(
    /^\/[\w./@:+-]{1,1023}$/,
    "an absolute path of letters, digits and `_./@:+-`, without wildcards",
    "name one file",
  ),
  (value) =>
    value.split("/").includes("..")
      ? { expected: "a path without `..`", remedy: "name the file itself" }
      : undefined,
);

function step(
  name: string,
  platform: StepPlan["platform"],
  commands: readonly string[],
  timeoutSeconds = 600,
): StepPlan {
  return { name, platform, commands, timeoutSeconds, workingDirectory: undefined, exitsOnFailure: true };
}

export function healthCheck(problems: Problems, args: HealthCheckArgs): Preset {
  const services = args.services ?? [];
  services.forEach((name, index) => {
    problems.check(`healthCheck.services[${index}]`, name, service);
  });
  problems.check("healthCheck.maxDiskPercent", args.maxDiskPercent, wholeNumber(1, 100, "percent"));
  const most = args.maxDiskPercent ?? 90;
  return {
    description: "Says whether the machine is well: its disks and services",
    steps: [
      step("checkLinux", "Linux", [
        "bad=0",
        "uptime",
        `full=$(df -P -l -x tmpfs -x devtmpfs -x squashfs -x overlay | awk -v most=${most} 'NR > 1 { sub("%", "", $5); if ($5 + 0 > most) print $6 " is " $5 "% full" }')`,
        'if [ -n "$full" ]; then echo "$full"; bad=1; fi',
        ...services.map(
          (name) =>
            `systemctl is-active --quiet '${name}' || { echo "service ${name} does not run"; bad=1; }`,
        ),
        'if [ "$bad" -eq 0 ]; then echo well; fi',
        'exit "$bad"',
      ]),
      step("checkWindows", "Windows", [
        "$bad = 0",
        "Get-CimInstance Win32_LogicalDisk -Filter 'DriveType = 3' | Where-Object { $_.Size -gt 0 } | ForEach-Object {",
        "  $used = [math]::Floor(100 - 100 * $_.FreeSpace / $_.Size)",
        `  if ($used -gt ${most}) { Write-Output "$($_.DeviceID) is $used% full"; $bad = 1 }`,
        "}",
        ...services.map(
          (name) =>
            `if ((Get-Service -Name '${name}' -ErrorAction SilentlyContinue).Status -ne 'Running') { Write-Output 'service ${name} does not run'; $bad = 1 }`,
        ),
        "if ($bad -eq 0) { Write-Output 'well' }",
        "exit $bad",
      ]),
    ],
  };
}

export function collectLogs(problems: Problems, args: CollectLogsArgs, hasBucket: boolean): Preset {
  if (args.paths.length === 0 && args.journal === false) {
    problems.add("collectLogs.paths", [], {
      expected: "at least one file, or the journal",
      remedy: "say what is to be collected",
    });
  }
  args.paths.forEach((path, index) => {
    problems.check(`collectLogs.paths[${index}]`, path, logPath);
  });
  problems.check("collectLogs.lines", args.lines, wholeNumber(1, 100_000, "lines"));
  if (!hasBucket) {
    problems.add("collectLogs", args, {
      expected: "a log bucket in `logging`, to which the logs are collected",
      remedy: "pass `preferences` of a SessionLogging component with `s3`",
    });
  }
  const lines = args.lines ?? 5000;
  return {
    description: "Collects logs to the log bucket",
    steps: [
      step("collect", "Linux", [
        ...args.paths.map(
          (path) =>
            `echo '==> ${path}'; if [ -r '${path}' ]; then tail -n ${lines} -- '${path}'; else echo 'not there'; fi`,
        ),
        ...((args.journal ?? true)
          ? [
              `echo '==> journal'; if command -v journalctl >/dev/null; then journalctl --no-pager -n ${lines}; else echo 'not there'; fi`,
            ]
          : []),
      ]),
    ],
  };
}

export function restartService(problems: Problems, args: RestartServiceArgs): Preset {
  problems.check("restartService.service", args.service, service);
  problems.check("restartService.settleSeconds", args.settleSeconds, wholeNumber(1, 3600, "seconds"));
  const settle = args.settleSeconds ?? 30;
  return {
    description: `Restarts ${args.service} and sees that it stays up`.slice(0, 512),
    steps: [
      // Who is ill already is not restarted: whatever ails it is to be looked at first.
      step("before", "Linux", [
        `systemctl is-active --quiet '${args.service}' || { echo "${args.service} does not run: not restarted"; exit 1; }`,
      ]),
      step("restart", "Linux", [`systemctl restart '${args.service}'`]),
      step(
        "after",
        "Linux",
        [
          `sleep ${settle}`,
          `systemctl is-active --quiet '${args.service}' || { echo "${args.service} did not stay up"; systemctl status --no-pager '${args.service}'; exit 1; }`,
          `echo "${args.service} runs"`,
        ],
        settle + 60,
      ),
    ],
  };
}

/** Source: Systems Manager User Guide, "Turn off or turn on ssm-user account administrative permissions". */
export function withoutSudo(args: WithoutSudoArgs): Preset {
  // The agent makes the file anew where there is none: so it stays, and grants nothing.
  const unix = [
    "umask 227",
    "file=/etc/sudoers.d/ssm-agent-users",
    'if [ -e "$file" ] && ! grep -q "^[^#]" "$file"; then echo "granted nothing already"; exit 0; fi',
    'printf "# ssm-user may not become root\\n" > "$file.new" && mv -f "$file.new" "$file" && echo "grants nothing now"',
  ];
  return {
    description: "Takes the right to become root away from ssm-user",
    steps: [
      step("linux", "Linux", unix),
      step("macos", "MacOS", unix),
      ...((args.windows ?? true)
        ? [
            step("windows", "Windows", [
              "$group = (Get-LocalGroup -SID 'S-1-5-32-544').Name",
              "$members = @(Get-LocalGroupMember -Group $group | Where-Object { $_.Name -like '*\\ssm-user' })",
              "if ($members.Count -gt 0) { Remove-LocalGroupMember -Group $group -Member 'ssm-user'; Write-Output 'removed' } else { Write-Output 'no administrator already' }",
            ]),
          ]
        : []),
    ],
  };
}
