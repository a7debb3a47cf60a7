import { SessionLogging, SessionPreferences } from "@bastionless/components";

const logging = new SessionLogging("logging");

// What a session is like that names no document. Whatever was set before is kept, and put back by `pulumi destroy`.
const preferences = new SessionPreferences("preferences", {
  logging: logging.preferences,
  idleTimeoutMinutes: 15,
  maxDurationMinutes: 480,
  linuxProfile: "exec bash",
  windowsProfile: "Set-Location $HOME",
});

export const { documentName, previous } = preferences;
