import {
  BastionlessInstance,
  CommandDocument,
  PrivateNetwork,
  SessionDocument,
  SessionLogging,
} from "@bastionless/components";

const logging = new SessionLogging("logging");
const network = new PrivateNetwork("network", { logging });
const app = new BastionlessInstance("app", { network, logging });
const common = { instanceTags: app.accessTags, logging: logging.preferences };

// Every night, on every machine; what it says is in the log bucket.
const health = new CommandDocument("health", {
  ...common,
  healthCheck: { services: ["amazon-ssm-agent", "chronyd"], maxDiskPercent: 85 },
  association: { scheduleExpression: "cron(0 3 ? * * *)" },
});

const logs = new CommandDocument("logs", {
  ...common,
  collectLogs: { paths: ["/var/log/cloud-init-output.log"], lines: 2000 },
});

// One machine at a time, and no further one once a restart has failed.
const restart = new CommandDocument("restart", {
  ...common,
  restartService: { service: "chronyd", settleSeconds: 20 },
});

// Sessions are those of an ordinary user.
new CommandDocument("without-sudo", { ...common, withoutSudo: {}, association: {} });

// Whoever runs it chooses a level, and nothing else.
const level = new CommandDocument("level", {
  ...common,
  description: "Sets the level of the app's log",
  steps: [{ name: "set", commands: ["echo 'LEVEL={{ level }}' > /etc/app-level"], timeoutSeconds: 30 }],
  parameters: { level: { allowedValues: ["info", "debug"], default: "info" } },
});

// A session that does one of these and ends: no shell.
const menu = new SessionDocument("menu", {
  menu: {
    logging: logging.preferences,
    linux: { disks: "df -h", memory: "free -m", processes: "ps aux --sort=-%mem | head -20" },
  },
});

export const checkHealth = health.command;
export const collectLogs = logs.command;
export const restartTime = restart.command;
export const setLevel = level.command;
export const menuDocument = menu.documentName;
