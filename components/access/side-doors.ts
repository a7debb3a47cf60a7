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
 * Ways onto machines that are not `ssm:StartSession`. Source: Service Authorization Reference: Systems Manager, EC2
 * Instance Connect, Systems Manager GUI Connect.
 */
export const SIDE_DOOR_ACTIONS: readonly string[] = [
  "ec2-instance-connect:OpenTunnel",
  "ec2-instance-connect:SendSSHPublicKey",
  "ec2-instance-connect:SendSerialConsoleSSHPublicKey",
  "ssm-guiconnect:StartConnection",
  "ssm:CreateAssociation",
  "ssm:CreateAssociationBatch",
  "ssm:GetAccessToken",
  "ssm:RegisterTaskWithMaintenanceWindow",
  "ssm:SendCommand",
  "ssm:StartAssociationsOnce",
  "ssm:StartAutomationExecution",
  "ssm:StartChangeRequestExecution",
  "ssm:UpdateAssociation",
  "ssm:UpdateMaintenanceWindowTask",
];
