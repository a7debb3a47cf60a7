/** Session documents that lead to any port or any command, and the account's default one. */
export const GENERIC_DOCUMENTS: readonly string[] = [
  "AWS-StartInteractiveCommand",
  "AWS-StartNonInteractiveCommand",
  "AWS-StartPortForwardingSession",
  "AWS-StartPortForwardingSessionToRemoteHost",
  "AWS-StartPortForwardingSessionToSocket",
  "AWS-StartSSHSession",
  "SSM-SessionManagerRunShell",
];

/** Command documents that run whatever they are given, as root. Source: Systems Manager User Guide, Run Command. */
export const GENERIC_COMMANDS: readonly string[] = [
  "AWS-ApplyAnsiblePlaybooks",
  "AWS-ApplyChefRecipes",
  "AWS-ApplyDSCMofs",
  "AWS-ConfigureAWSPackage",
  "AWS-DownloadContent",
  "AWS-InstallApplication",
  "AWS-InstallPowerShellModule",
  "AWS-RunAnsiblePlaybook",
  "AWS-RunDockerAction",
  "AWS-RunDocument",
  "AWS-RunPatchBaselineWithHooks",
  "AWS-RunPowerShellScript",
  "AWS-RunRemoteScript",
  "AWS-RunSaltState",
  "AWS-RunShellScript",
];

/**
 * Ways onto machines that are not `ssm:StartSession`: connections. Source: Service Authorization Reference: EC2 Instance
 * Connect, ECS, Systems Manager GUI Connect, Systems Manager (just-in-time access).
 */
export const CONNECTION_DOOR_ACTIONS: readonly string[] = [
  "ec2-instance-connect:OpenTunnel",
  "ec2-instance-connect:SendSSHPublicKey",
  "ec2-instance-connect:SendSerialConsoleSSHPublicKey",
  "ecs:ExecuteCommand",
  "ssm-guiconnect:StartConnection",
  "ssm:GetAccessToken",
];

/** Ways to run commands on machines. Source: Service Authorization Reference: Systems Manager. */
export const COMMAND_DOOR_ACTIONS: readonly string[] = [
  "ssm:CreateAssociation",
  "ssm:CreateAssociationBatch",
  "ssm:RegisterTaskWithMaintenanceWindow",
  "ssm:SendCommand",
  "ssm:StartAssociationsOnce",
  "ssm:StartAutomationExecution",
  "ssm:StartChangeRequestExecution",
  "ssm:UpdateAssociation",
  "ssm:UpdateMaintenanceWindowTask",
];

export const SIDE_DOOR_ACTIONS: readonly string[] = [...CONNECTION_DOOR_ACTIONS, ...COMMAND_DOOR_ACTIONS];
