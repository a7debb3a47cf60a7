// Generated from the types of the arguments by `npm run schema`.
import type { ObjectShape } from "./shapes.ts";

export const ARGUMENT_SHAPES = {
  "AccessAlarmArgs": {
    "emails?": {
      "list": "string"
    },
    "topicArn?": {
      "input": "string"
    }
  },
  "AccessRoleArgs": {
    "trustedPrincipals": {
      "list": {
        "input": "string"
      }
    },
    "roleName?": "string",
    "maxSessionMinutes?": "number",
    "permissionsBoundaryArn?": {
      "input": "string"
    },
    "runAsUser?": "string",
    "principalTags?": {
      "map": "string"
    }
  },
  "AccessSource": {
    "policyDocument": {
      "input": "string"
    },
    "keyPolicyDocument?": {
      "input": "string"
    }
  },
  "AccessWindow": {
    "notBefore": "string",
    "notAfter": "string"
  },
  "AgentUpkeepArgs": {
    "instanceTags": {
      "map": "string"
    },
    "schedule?": "string",
    "agentVersion?": "string",
    "features?": {
      "list": "string"
    },
    "maxConcurrency?": "string",
    "maxErrors?": "string",
    "patch?": {
      "object": "PatchApprovalArgs"
    },
    "maintenanceWindow?": {
      "object": "PatchWindowArgs"
    },
    "transform?": {
      "object": "AgentUpkeepTransform"
    },
    "namePrefix?": "string",
    "tags?": {
      "map": {
        "input": "string"
      }
    }
  },
  "AgentUpkeepTransform": {
    "association?": "transform",
    "policy?": "transform",
    "patchBaseline?": "transform",
    "patchGroup?": "transform",
    "maintenanceWindow?": "transform",
    "maintenanceWindowTarget?": "transform",
    "maintenanceWindowTask?": "transform"
  },
  "AssignmentArgs": {
    "accountId": {
      "input": "string"
    },
    "groupId?": {
      "input": "string"
    },
    "userId?": {
      "input": "string"
    }
  },
  "AuroraDestination": {
    "endpoint?": {
      "input": "string"
    },
    "readerEndpoint?": {
      "input": "string"
    },
    "engine": "string",
    "port?": "number",
    "databaseName?": "string"
  },
  "BastionlessFleetArgs": {
    "network?": {
      "object": "InstanceNetwork"
    },
    "vpcId?": {
      "input": "string"
    },
    "subnetIds?": {
      "list": {
        "input": "string"
      }
    },
    "instanceTypes?": {
      "list": "string"
    },
    "minSize?": "number",
    "maxSize?": "number",
    "size?": "number",
    "schedules?": {
      "map": {
        "object": "FleetSchedule"
      }
    },
    "spotPercent?": "number",
    "onDemandBase?": "number",
    "spotAllocation?": "string",
    "capacityRebalance?": "boolean",
    "warmPoolMinSize?": "number",
    "warmPoolState?": "string",
    "warmPoolReuse?": "boolean",
    "healthCheckGraceSeconds?": "number",
    "instanceWarmupSeconds?": "number",
    "rollingRefresh?": "boolean",
    "minHealthyPercent?": "number",
    "maxHealthyPercent?": "number",
    "maxInstanceLifetimeDays?": "number",
    "rootDeviceName?": "string",
    "transform?": {
      "object": "BastionlessFleetTransform"
    },
    "securityGroupIds?": {
      "list": {
        "input": "string"
      }
    },
    "egress?": {
      "map": {
        "object": "EgressRule"
      }
    },
    "os?": "string",
    "architecture?": "string",
    "amiId?": {
      "input": "string"
    },
    "followLatestImage?": "boolean",
    "rootVolumeGib?": "number",
    "rootVolumeKmsKeyArn?": {
      "input": "string"
    },
    "metadataHopLimit?": "number",
    "detailedMonitoring?": "boolean",
    "userData?": {
      "input": "string"
    },
    "installAgent?": "boolean",
    "agentSigningKey?": "string",
    "logging?": {
      "object": "LoggingSource"
    },
    "managedPolicy?": "boolean",
    "policyArns?": {
      "list": {
        "input": "string"
      }
    },
    "permissionsBoundaryArn?": {
      "input": "string"
    },
    "accessTags?": {
      "map": "string"
    },
    "documents?": {
      "object": "InstanceDocuments"
    },
    "namePrefix?": "string",
    "tags?": {
      "map": {
        "input": "string"
      }
    }
  },
  "BastionlessFleetTransform": {
    "launchTemplate?": "transform",
    "group?": "transform",
    "schedule?": "transform",
    "securityGroup?": "transform",
    "egressRule?": "transform",
    "role?": "transform",
    "rolePolicy?": "transform",
    "policyAttachment?": "transform",
    "instanceProfile?": "transform"
  },
  "BastionlessInstanceArgs": {
    "network?": {
      "object": "InstanceNetwork"
    },
    "zone?": "number",
    "vpcId?": {
      "input": "string"
    },
    "subnetId?": {
      "input": "string"
    },
    "instanceType?": "string",
    "hostId?": {
      "input": "string"
    },
    "hostAvailabilityZone?": {
      "input": "string"
    },
    "terminationProtection?": "boolean",
    "replaceOnUserDataChange?": "boolean",
    "transform?": {
      "object": "BastionlessInstanceTransform"
    },
    "securityGroupIds?": {
      "list": {
        "input": "string"
      }
    },
    "egress?": {
      "map": {
        "object": "EgressRule"
      }
    },
    "os?": "string",
    "architecture?": "string",
    "amiId?": {
      "input": "string"
    },
    "followLatestImage?": "boolean",
    "rootVolumeGib?": "number",
    "rootVolumeKmsKeyArn?": {
      "input": "string"
    },
    "metadataHopLimit?": "number",
    "detailedMonitoring?": "boolean",
    "userData?": {
      "input": "string"
    },
    "installAgent?": "boolean",
    "agentSigningKey?": "string",
    "logging?": {
      "object": "LoggingSource"
    },
    "managedPolicy?": "boolean",
    "policyArns?": {
      "list": {
        "input": "string"
      }
    },
    "permissionsBoundaryArn?": {
      "input": "string"
    },
    "accessTags?": {
      "map": "string"
    },
    "documents?": {
      "object": "InstanceDocuments"
    },
    "namePrefix?": "string",
    "tags?": {
      "map": {
        "input": "string"
      }
    }
  },
  "BastionlessInstanceTransform": {
    "dedicatedHost?": "transform",
    "instance?": "transform",
    "securityGroup?": "transform",
    "egressRule?": "transform",
    "role?": "transform",
    "rolePolicy?": "transform",
    "policyAttachment?": "transform",
    "instanceProfile?": "transform"
  },
  "CollectLogsArgs": {
    "paths": {
      "list": "string"
    },
    "journal?": "boolean",
    "lines?": "number"
  },
  "CommandAssociationArgs": {
    "scheduleExpression?": "string",
    "onlyAtSchedule?": "boolean"
  },
  "CommandDocumentArgs": {
    "steps?": {
      "list": {
        "object": "CommandStepArgs"
      }
    },
    "healthCheck?": {
      "object": "HealthCheckArgs"
    },
    "collectLogs?": {
      "object": "CollectLogsArgs"
    },
    "restartService?": {
      "object": "RestartServiceArgs"
    },
    "withoutSudo?": {
      "object": "WithoutSudoArgs"
    },
    "parameters?": {
      "map": {
        "object": "CommandParameterArgs"
      }
    },
    "logging": {
      "object": "SessionPreferences"
    },
    "instanceTags": {
      "map": "string"
    },
    "maxConcurrency?": "string",
    "maxErrors?": "string",
    "deliveryTimeoutSeconds?": "number",
    "association?": {
      "object": "CommandAssociationArgs"
    },
    "documentName?": "string",
    "description?": "string",
    "transform?": {
      "object": "CommandDocumentTransforms"
    },
    "namePrefix?": "string",
    "tags?": {
      "map": {
        "input": "string"
      }
    }
  },
  "CommandDocumentTransforms": {
    "document?": "transform",
    "association?": "transform"
  },
  "CommandParameterArgs": {
    "description?": "string",
    "default?": "string",
    "allowedPattern?": "string",
    "allowedValues?": {
      "list": "string"
    }
  },
  "CommandReference": {
    "documentName": {
      "input": "string"
    }
  },
  "CommandStepArgs": {
    "name": "string",
    "platform?": "string",
    "commands": {
      "list": "string"
    },
    "timeoutSeconds?": "number",
    "workingDirectory?": "string",
    "onFailure?": "string"
  },
  "CommandsDocumentArgs": {
    "logging": {
      "object": "SessionPreferences"
    },
    "linux?": "string",
    "windows?": "string",
    "runAsElevated?": "boolean",
    "interactive?": "boolean",
    "parameters?": {
      "map": {
        "object": "CommandParameterArgs"
      }
    }
  },
  "DefaultHostManagementArgs": {
    "managedPolicy?": "boolean",
    "limitTrust?": "boolean",
    "transform?": {
      "object": "DefaultHostManagementTransform"
    },
    "namePrefix?": "string",
    "tags?": {
      "map": {
        "input": "string"
      }
    },
    "logging?": {
      "object": "LoggingSource"
    },
    "policyArns?": {
      "list": {
        "input": "string"
      }
    },
    "permissionsBoundaryArn?": {
      "input": "string"
    }
  },
  "DefaultHostManagementTransform": {
    "serviceSetting?": "transform",
    "role?": "transform",
    "rolePolicy?": "transform",
    "policyAttachment?": "transform"
  },
  "DocumentReference": {
    "documentName": {
      "input": "string"
    },
    "sessionType": "string"
  },
  "EgressRule": {
    "port": "number",
    "toPort?": "number",
    "protocol?": "string",
    "cidrIpv4?": "string",
    "prefixListId?": {
      "input": "string"
    },
    "securityGroupId?": {
      "input": "string"
    },
    "description?": "string"
  },
  "ElastiCacheDestination": {
    "primaryEndpoint?": {
      "input": "string"
    },
    "readerEndpoint?": {
      "input": "string"
    },
    "configurationEndpoint?": {
      "input": "string"
    },
    "port?": "number",
    "tls?": "boolean"
  },
  "EndpointGrant": {
    "services": {
      "list": "string"
    },
    "s3Statements": "output"
  },
  "ExistingTrail": {
    "bucketName": {
      "input": "string"
    },
    "s3KeyPrefix?": "string",
    "organizationId?": "string",
    "logGroupName?": {
      "input": "string"
    },
    "keyArn?": {
      "input": "string"
    }
  },
  "FleetSchedule": {
    "cron": "string",
    "size": "number",
    "timeZone?": "string"
  },
  "FlowLogsArgs": {
    "trafficType?": "string",
    "retentionDays?": "number",
    "aggregationSeconds?": "number",
    "kmsKeyArn?": {
      "input": "string"
    }
  },
  "Grant": {
    "statements": "output",
    "keyStatements": "output",
    "hasStatements": "boolean",
    "hasKeyStatements": "boolean"
  },
  "HealthCheckArgs": {
    "services?": {
      "list": "string"
    },
    "maxDiskPercent?": "number"
  },
  "HostDestination": {
    "host": {
      "input": "string"
    },
    "port": "number",
    "protocol?": "string"
  },
  "HybridActivationArgs": {
    "tier": "string",
    "sessions?": "boolean",
    "registrationLimit?": "number",
    "expiresOn?": "string",
    "machineName?": "string",
    "managedPolicy?": "boolean",
    "accessTags?": {
      "map": "string"
    },
    "transform?": {
      "object": "HybridActivationTransform"
    },
    "namePrefix?": "string",
    "tags?": {
      "map": {
        "input": "string"
      }
    },
    "logging?": {
      "object": "LoggingSource"
    },
    "policyArns?": {
      "list": {
        "input": "string"
      }
    },
    "permissionsBoundaryArn?": {
      "input": "string"
    }
  },
  "HybridActivationTransform": {
    "activation?": "transform",
    "tierSetting?": "transform",
    "role?": "transform",
    "rolePolicy?": "transform",
    "policyAttachment?": "transform"
  },
  "InstanceDocuments": {
    "shell?": {
      "properties": {
        "documentName": {
          "input": "string"
        }
      }
    },
    "forward?": {
      "object": "TunnelDocument"
    },
    "remoteForward?": {
      "object": "TunnelDocument"
    },
    "ssh?": {
      "object": "TunnelDocument"
    }
  },
  "InstanceNetwork": {
    "vpcId": {
      "input": "string"
    },
    "subnetIds": {
      "input": {
        "list": "string"
      }
    },
    "zones": "number",
    "instancesSecurityGroupId": {
      "input": "string"
    }
  },
  "LogDestination": {
    "bucketName": {
      "input": "string"
    },
    "keyArn": {
      "input": "string"
    }
  },
  "LoggingSource": {
    "permissions": {
      "object": "SessionPermissions"
    }
  },
  "ManagedPolicyReference": {
    "name": "string",
    "path?": "string"
  },
  "MenuDocumentArgs": {
    "logging": {
      "object": "SessionPreferences"
    },
    "linux?": {
      "map": "string"
    },
    "windows?": {
      "map": "string"
    },
    "runAsElevated?": "boolean"
  },
  "OpenSearchDestination": {
    "endpoint": {
      "input": "string"
    }
  },
  "PatchApprovalArgs": {
    "operatingSystem": "string",
    "approveAfterDays?": "number",
    "complianceLevel?": "string"
  },
  "PatchWindowArgs": {
    "schedule": "string",
    "timeZone?": "string",
    "durationHours?": "number",
    "cutoffHours?": "number",
    "rebootIfNeeded?": "boolean"
  },
  "PortDocumentArgs": {
    "port?": "number",
    "ports?": {
      "list": "number"
    },
    "localPort?": "number"
  },
  "PrivateNetworkArgs": {
    "egress?": "string",
    "zones?": "number",
    "availabilityZones?": {
      "list": "string"
    },
    "cidrBlock?": "string",
    "vpcId?": {
      "input": "string"
    },
    "subnetIds?": {
      "list": {
        "input": "string"
      }
    },
    "routeTableIds?": {
      "list": {
        "input": "string"
      }
    },
    "endpointZones?": "number",
    "ec2Messages?": "boolean",
    "additionalEndpoints?": {
      "list": "string"
    },
    "s3Endpoint?": "boolean",
    "readableBuckets?": {
      "list": "string"
    },
    "logging?": {
      "object": "LoggingSource"
    },
    "flowLogs?": {
      "object": "FlowLogsArgs"
    },
    "transform?": {
      "object": "PrivateNetworkTransform"
    },
    "namePrefix?": "string",
    "tags?": {
      "map": {
        "input": "string"
      }
    }
  },
  "PrivateNetworkTransform": {
    "vpc?": "transform",
    "defaultSecurityGroup?": "transform",
    "instancesSecurityGroup?": "transform",
    "endpointsSecurityGroup?": "transform",
    "ingressRule?": "transform",
    "egressRule?": "transform",
    "interfaceEndpoint?": "transform",
    "s3Endpoint?": "transform",
    "flowLogsKey?": "transform",
    "flowLogsAlias?": "transform",
    "flowLogsGroup?": "transform",
    "flowLogsRole?": "transform",
    "flowLogsRolePolicy?": "transform",
    "flowLog?": "transform"
  },
  "RdsDestination": {
    "address": {
      "input": "string"
    },
    "engine": "string",
    "port?": "number",
    "databaseName?": "string"
  },
  "RedshiftDestination": {
    "dnsName": {
      "input": "string"
    },
    "port?": "number",
    "databaseName?": "string"
  },
  "RemotePortDocumentArgs": {
    "host?": {
      "input": "string"
    },
    "hostPattern?": "string",
    "port?": "number",
    "ports?": {
      "list": "number"
    },
    "localPort?": "number"
  },
  "RestartServiceArgs": {
    "service": "string",
    "settleSeconds?": "number"
  },
  "SessionAccessArgs": {
    "profile": "string",
    "documents?": {
      "list": {
        "object": "DocumentReference"
      }
    },
    "awsDocuments?": {
      "list": "string"
    },
    "commandDocuments?": {
      "list": {
        "object": "CommandReference"
      }
    },
    "awsCommandDocuments?": {
      "list": "string"
    },
    "instanceTags?": {
      "input": {
        "map": {
          "either": [
            "string",
            {
              "list": "string"
            }
          ]
        }
      }
    },
    "matchPrincipalTags?": {
      "list": "string"
    },
    "anyInstance?": "boolean",
    "window?": {
      "object": "AccessWindow"
    },
    "alarm?": {
      "object": "AccessAlarmArgs"
    },
    "managedNodes?": "boolean",
    "mfa?": "string",
    "ownDataChannels?": "boolean",
    "regions?": {
      "list": "string"
    },
    "denyOtherRegions?": "boolean",
    "logging?": {
      "properties": {
        "permissions": {
          "object": "SessionPermissions"
        }
      }
    },
    "denyGenericDocuments?": "boolean",
    "groups?": {
      "list": {
        "input": "string"
      }
    },
    "users?": {
      "list": {
        "input": "string"
      }
    },
    "role?": {
      "object": "AccessRoleArgs"
    },
    "createPolicies?": "boolean",
    "transform?": {
      "object": "SessionAccessTransforms"
    },
    "namePrefix?": "string",
    "tags?": {
      "map": {
        "input": "string"
      }
    }
  },
  "SessionAccessTransforms": {
    "policy?": "transform",
    "keyPolicy?": "transform",
    "role?": "transform",
    "rolePolicy?": "transform",
    "rolePolicyAttachment?": "transform",
    "groupPolicyAttachment?": "transform",
    "userPolicyAttachment?": "transform",
    "alarmRule?": "transform",
    "alarmTarget?": "transform",
    "alarmKey?": "transform",
    "alarmAlias?": "transform",
    "alarmTopic?": "transform",
    "alarmTopicPolicy?": "transform",
    "alarmSubscription?": "transform"
  },
  "SessionAuditArgs": {
    "loggedDocuments": {
      "list": {
        "input": "string"
      }
    },
    "tunnelDocuments?": {
      "list": {
        "input": "string"
      }
    },
    "commandDocuments?": {
      "list": {
        "input": "string"
      }
    },
    "breakGlassRoleArns?": {
      "list": {
        "input": "string"
      }
    },
    "deniedStartsThreshold?": "number",
    "emails?": {
      "list": "string"
    },
    "notifyOn?": {
      "list": "string"
    },
    "trail?": {
      "object": "ExistingTrail"
    },
    "trailLogGroup?": "boolean",
    "alarms?": "boolean",
    "history?": "boolean",
    "regions?": {
      "list": "string"
    },
    "accountIds?": {
      "list": "string"
    },
    "historyDays?": "number",
    "queryLimitGib?": "number",
    "resultDays?": "number",
    "dashboard?": "boolean",
    "retentionDays?": "number",
    "expirationDays?": "number",
    "objectLockDays?": "number",
    "objectLockMode?": "string",
    "keyRotationDays?": "number",
    "keyDeletionWindowDays?": "number",
    "forceDestroy?": "boolean",
    "transform?": {
      "object": "SessionAuditTransforms"
    },
    "namePrefix?": "string",
    "tags?": {
      "map": {
        "input": "string"
      }
    }
  },
  "SessionAuditTransforms": {
    "key?": "transform",
    "alias?": "transform",
    "trail?": "transform",
    "trailRole?": "transform",
    "trailRolePolicy?": "transform",
    "logGroup?": "transform",
    "logResourcePolicy?": "transform",
    "bucket?": "transform",
    "bucketPolicy?": "transform",
    "versioning?": "transform",
    "encryption?": "transform",
    "publicAccessBlock?": "transform",
    "ownership?": "transform",
    "lifecycle?": "transform",
    "objectLock?": "transform",
    "topic?": "transform",
    "topicPolicy?": "transform",
    "subscription?": "transform",
    "rule?": "transform",
    "target?": "transform",
    "metricFilter?": "transform",
    "alarm?": "transform",
    "workgroup?": "transform",
    "database?": "transform",
    "table?": "transform",
    "namedQuery?": "transform",
    "dashboard?": "transform"
  },
  "SessionDocumentArgs": {
    "shell?": {
      "object": "ShellDocumentArgs"
    },
    "port?": {
      "object": "PortDocumentArgs"
    },
    "remotePort?": {
      "object": "RemotePortDocumentArgs"
    },
    "ssh?": {
      "object": "SshDocumentArgs"
    },
    "commands?": {
      "object": "CommandsDocumentArgs"
    },
    "menu?": {
      "object": "MenuDocumentArgs"
    },
    "documentName?": "string",
    "description?": "string",
    "transform?": {
      "properties": {
        "document?": "transform"
      }
    },
    "namePrefix?": "string",
    "tags?": {
      "map": {
        "input": "string"
      }
    }
  },
  "SessionLogArchiveArgs": {
    "accountIds": {
      "list": "string"
    },
    "organizationId?": "string",
    "coldStorageDays?": "number",
    "coldStorageClass?": "string",
    "expirationDays?": "number",
    "objectLockDays?": "number",
    "objectLockMode?": "string",
    "keyRotationDays?": "number",
    "keyDeletionWindowDays?": "number",
    "forceDestroy?": "boolean",
    "transform?": {
      "object": "SessionLogArchiveTransforms"
    },
    "namePrefix?": "string",
    "tags?": {
      "map": {
        "input": "string"
      }
    }
  },
  "SessionLogArchiveTransforms": {
    "key?": "transform",
    "alias?": "transform",
    "bucket?": "transform",
    "versioning?": "transform",
    "encryption?": "transform",
    "publicAccessBlock?": "transform",
    "ownership?": "transform",
    "bucketPolicy?": "transform",
    "lifecycle?": "transform",
    "objectLock?": "transform"
  },
  "SessionLoggingArgs": {
    "s3?": "boolean",
    "destination?": {
      "object": "LogDestination"
    },
    "cloudWatch?": "boolean",
    "encryptSessions?": "boolean",
    "s3KeyPrefix?": "string",
    "coldStorageDays?": "number",
    "coldStorageClass?": "string",
    "expirationDays?": "number",
    "objectLockDays?": "number",
    "objectLockMode?": "string",
    "retentionDays?": "number",
    "streaming?": "boolean",
    "keyRotationDays?": "number",
    "keyDeletionWindowDays?": "number",
    "forceDestroy?": "boolean",
    "transform?": {
      "object": "SessionLoggingTransforms"
    },
    "namePrefix?": "string",
    "tags?": {
      "map": {
        "input": "string"
      }
    }
  },
  "SessionLoggingTransforms": {
    "key?": "transform",
    "alias?": "transform",
    "logGroup?": "transform",
    "bucket?": "transform",
    "versioning?": "transform",
    "encryption?": "transform",
    "publicAccessBlock?": "transform",
    "ownership?": "transform",
    "bucketPolicy?": "transform",
    "lifecycle?": "transform",
    "objectLock?": "transform"
  },
  "SessionPermissionSetArgs": {
    "instanceArn": {
      "input": "string"
    },
    "access": {
      "object": "AccessSource"
    },
    "permissionSetName?": "string",
    "description?": "string",
    "sessionMinutes?": "number",
    "managedPolicies?": {
      "list": {
        "object": "ManagedPolicyReference"
      }
    },
    "assignments?": {
      "list": {
        "object": "AssignmentArgs"
      }
    },
    "transform?": {
      "object": "SessionPermissionSetTransforms"
    },
    "namePrefix?": "string",
    "tags?": {
      "map": {
        "input": "string"
      }
    }
  },
  "SessionPermissionSetTransforms": {
    "permissionSet?": "transform",
    "inlinePolicy?": "transform",
    "keyPolicy?": "transform",
    "policyAttachment?": "transform",
    "assignment?": "transform"
  },
  "SessionPermissions": {
    "instances": {
      "object": "Grant"
    },
    "people": {
      "object": "Grant"
    },
    "auditors": {
      "object": "Grant"
    },
    "endpoints": {
      "object": "EndpointGrant"
    }
  },
  "SessionPreferences": {
    "s3BucketName?": {
      "input": "string"
    },
    "s3KeyPrefix?": "string",
    "cloudWatchLogGroupName?": {
      "input": "string"
    },
    "cloudWatchStreaming?": "boolean",
    "kmsKeyId?": {
      "input": "string"
    }
  },
  "SessionPreferencesArgs": {
    "tags?": {
      "map": {
        "input": "string"
      }
    },
    "permissionsBoundaryArn?": {
      "input": "string"
    },
    "description?": "string",
    "transform?": {
      "object": "SessionPreferencesTransforms"
    },
    "logging": {
      "object": "SessionPreferences"
    },
    "idleTimeoutMinutes?": "number",
    "maxDurationMinutes?": "number",
    "runAs?": "boolean",
    "runAsDefaultUser?": "string",
    "linuxProfile?": "string",
    "windowsProfile?": "string"
  },
  "SessionPreferencesTransforms": {
    "document?": "transform",
    "role?": "transform",
    "rolePolicy?": "transform",
    "function?": "transform",
    "invocation?": "transform"
  },
  "ShellDocumentArgs": {
    "logging": {
      "object": "SessionPreferences"
    },
    "idleTimeoutMinutes?": "number",
    "maxDurationMinutes?": "number",
    "runAs?": "boolean",
    "runAsDefaultUser?": "string",
    "linuxProfile?": "string",
    "windowsProfile?": "string"
  },
  "SshDocumentArgs": {
    "ports?": {
      "list": "number"
    }
  },
  "TunnelAccessArgs": {
    "mfa?": "string",
    "groups?": {
      "list": {
        "input": "string"
      }
    },
    "role?": {
      "object": "AccessRoleArgs"
    },
    "createPolicies?": "boolean"
  },
  "TunnelArgs": {
    "rds?": {
      "object": "RdsDestination"
    },
    "aurora?": {
      "object": "AuroraDestination"
    },
    "redshift?": {
      "object": "RedshiftDestination"
    },
    "elastiCache?": {
      "object": "ElastiCacheDestination"
    },
    "openSearch?": {
      "object": "OpenSearchDestination"
    },
    "host?": {
      "object": "HostDestination"
    },
    "via": {
      "object": "TunnelInstance"
    },
    "destinationSecurityGroupId?": {
      "input": "string"
    },
    "openEgress?": "boolean",
    "localPort?": "number",
    "access?": {
      "object": "TunnelAccessArgs"
    },
    "transform?": {
      "object": "TunnelTransforms"
    },
    "namePrefix?": "string",
    "tags?": {
      "map": {
        "input": "string"
      }
    }
  },
  "TunnelDocument": {
    "documentName": {
      "input": "string"
    },
    "parameters": {
      "list": "string"
    }
  },
  "TunnelInstance": {
    "instanceId": {
      "input": "string"
    },
    "securityGroupId": {
      "input": "string"
    },
    "accessTags": {
      "map": "string"
    }
  },
  "TunnelTransforms": {
    "document?": "transform",
    "access?": {
      "object": "SessionAccessTransforms"
    },
    "ingressRule?": "transform",
    "egressRule?": "transform"
  },
  "WithoutSudoArgs": {
    "windows?": "boolean"
  },
  "WorkstationArgs": {
    "network?": {
      "object": "WorkstationNetwork"
    },
    "zone?": "number",
    "vpcId?": {
      "input": "string"
    },
    "subnetId?": {
      "input": "string"
    },
    "securityGroupIds?": {
      "list": {
        "input": "string"
      }
    },
    "egress?": {
      "map": {
        "object": "EgressRule"
      }
    },
    "environment?": "string",
    "instanceType?": "string",
    "packages?": {
      "list": "string"
    },
    "pipIndexUrl?": "string",
    "dataVolumeGib?": "number",
    "dataVolumeKmsKeyArn?": {
      "input": "string"
    },
    "dataVolumeSnapshotId?": {
      "input": "string"
    },
    "dataVolumeEnd?": "string",
    "rootVolumeGib?": "number",
    "idleStopMinutes?": "number",
    "localPort?": "number",
    "instanceCredentials?": "boolean",
    "policyArns?": {
      "list": {
        "input": "string"
      }
    },
    "permissionsBoundaryArn?": {
      "input": "string"
    },
    "logging?": {
      "object": "LoggingSource"
    },
    "shell?": {
      "properties": {
        "documentName": {
          "input": "string"
        }
      }
    },
    "accessTags?": {
      "map": "string"
    },
    "requireMfa?": "boolean",
    "transform?": {
      "object": "WorkstationTransform"
    },
    "namePrefix?": "string",
    "tags?": {
      "map": {
        "input": "string"
      }
    }
  },
  "WorkstationNetwork": {
    "httpsEgress?": "string",
    "vpcId": {
      "input": "string"
    },
    "subnetIds": {
      "input": {
        "list": "string"
      }
    },
    "zones": "number",
    "instancesSecurityGroupId": {
      "input": "string"
    }
  },
  "WorkstationTransform": {
    "dataVolume?": "transform",
    "volumeAttachment?": "transform",
    "document?": "transform",
    "policy?": "transform",
    "tokenParameter?": "transform",
    "dedicatedHost?": "transform",
    "instance?": "transform",
    "securityGroup?": "transform",
    "egressRule?": "transform",
    "role?": "transform",
    "rolePolicy?": "transform",
    "policyAttachment?": "transform",
    "instanceProfile?": "transform"
  }
} as const satisfies Readonly<Record<string, ObjectShape>>;
