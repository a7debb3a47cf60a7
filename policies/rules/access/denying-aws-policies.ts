/**
 * Policies of AWS that deny a call that writes session logs, of those that the table of AWS's policies leaves out. Any
 * other of them can only allow one. A test holds the list to what AWS has published.
 */
export const DENYING_AWS_POLICIES: ReadonlySet<string> = new Set([
  "AWSCompromisedKeyQuarantineV3",
  "AmazonDataZoneEnvironmentRolePermissionsBoundary",
  "AmazonDataZoneProjectDeploymentPermissionsBoundary",
  "AmazonDataZoneSageMakerEnvironmentRolePermissionsBoundary",
  "AmazonInspector2AgentlessServiceRolePolicy",
  "AmazonInspector2AmiScanServiceRolePolicy",
  "AmazonSecurityLakePermissionsBoundary",
  "SageMakerStudioProjectUserRolePermissionsBoundary",
]);
