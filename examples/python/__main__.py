"""The program of ../yaml-everything, in Python. `pulumi install` makes `pulumi_bastionless` of the components' schema."""

import pulumi
import pulumi_bastionless as bastionless

# Logs of sessions, kept in an account for logs.
log_archive = pulumi.ProviderResource(
    "aws",
    "log-archive",
    {
        "region": "eu-west-1",
        "assumeRoles": [{"roleArn": "arn:aws:iam::999988887777:role/deploy"}],
    },
)
archive = bastionless.SessionLogArchive(
    "archive",
    account_ids=["123456789012"],
    opts=pulumi.ResourceOptions(provider=log_archive),
)
sessions = bastionless.SessionLogging(
    "logging",
    destination=bastionless.LogDestinationArgs(
        bucket_name=archive.bucket_name,
        key_arn=archive.key_arn,
    ),
    s3_key_prefix="123456789012",
)
logging = bastionless.LoggingReferenceArgs(
    destination=sessions.destination,
    key_arn=sessions.key_arn,
    archive_key_arn=sessions.archive_key_arn,
)

# Through NAT: notebooks install packages from PyPI.
network = bastionless.PrivateNetwork(
    "network",
    egress=bastionless.Egress.NAT,
    logging=logging,
)
place = bastionless.InstanceNetworkArgs(
    vpc_id=network.vpc_id,
    subnet_ids=network.subnet_ids,
    zones=network.zones,
    instances_security_group_id=network.instances_security_group_id,
)

# Documents: a shell, and what a shell without a document is.
shell = bastionless.SessionDocument(
    "shell",
    shell=bastionless.ShellDocumentArgs(
        logging=sessions.preferences,
        idle_timeout_minutes=15,
    ),
)
bastionless.SessionPreferences(
    "preferences",
    logging=sessions.preferences,
    idle_timeout_minutes=15,
)

# Machines, and what runs on many of them.
jump = bastionless.BastionlessInstance(
    "jump",
    network=place,
    logging=logging,
    documents=bastionless.InstanceDocumentsArgs(
        shell=bastionless.InstanceDocumentsShellArgs(document_name=shell.document_name),
    ),
)
upkeep = bastionless.AgentUpkeep(
    "upkeep",
    instance_tags={"Fleet": "workers"},
    features=[bastionless.AgentFeature.REMOTE_HOST_FORWARDING],
)
bastionless.BastionlessFleet(
    "workers",
    network=place,
    logging=logging,
    max_size=4,
    access_tags={"Fleet": "workers"},
    policy_arns=[upkeep.instance_policy_arn],
    schedules={
        "evening": bastionless.FleetScheduleArgs(
            cron="0 20 * * *", size=0, time_zone="Europe/Berlin"
        ),
        "morning": bastionless.FleetScheduleArgs(
            cron="0 7 * * MON-FRI", size=2, time_zone="Europe/Berlin"
        ),
    },
)
lab = bastionless.Workstation(
    "lab",
    network=bastionless.WorkstationNetworkArgs(
        vpc_id=network.vpc_id,
        subnet_ids=network.subnet_ids,
        zones=network.zones,
        instances_security_group_id=network.instances_security_group_id,
        https_egress=network.https_egress,
    ),
    logging=logging,
    shell=bastionless.WorkstationShellArgs(document_name=shell.document_name),
    environment=bastionless.NotebookEnvironment.DATA_SCIENCE,
    access_tags={"Workstation": "lab"},
)
plant = bastionless.HybridActivation(
    "plant",
    tier=bastionless.ActivationTier.ADVANCED,
    registration_limit=20,
    logging=logging,
)
bastionless.DefaultHostManagement("hosts", logging=logging)
bastionless.CommandDocument(
    "health",
    health_check=bastionless.HealthCheckArgs(services=["amazon-ssm-agent"]),
    instance_tags=jump.access_tags,
    logging=sessions.preferences,
)

# A way to one database, and to nothing else. `pulumi_aws` has the resource as a class; this program installs nothing else.
databases = pulumi.CustomResource(
    "aws:ec2/securityGroup:SecurityGroup",
    "databases",
    {
        "description": "Databases. Tunnels are let in one by one.",
        "vpcId": network.vpc_id,
    },
)
orders = bastionless.Tunnel(
    "orders",
    rds=bastionless.RdsDestinationArgs(
        address="orders.c0ffee12abcd.eu-west-1.rds.amazonaws.com",
        engine=bastionless.DatabaseEngine.POSTGRES,
        database_name="orders",
    ),
    destination_security_group_id=databases.id,
    via=bastionless.TunnelInstanceArgs(
        instance_id=jump.instance_id,
        security_group_id=jump.security_group_id,
        access_tags=jump.access_tags,
    ),
)

# People.
bastionless.SessionAccess(
    "operators",
    profile=bastionless.AccessProfile.OPERATOR,
    documents=[
        bastionless.DocumentReferenceArgs(
            document_name=shell.document_name,
            session_type=shell.session_type,
        ),
        bastionless.DocumentReferenceArgs(
            document_name=lab.document_name,
            session_type=lab.session_type,
        ),
    ],
    instance_tags=jump.access_tags,
    logging=logging,
    groups=["sre"],
)
auditors = bastionless.SessionAccess(
    "auditors",
    profile=bastionless.AccessProfile.AUDITOR,
    logging=logging,
    mfa=bastionless.SessionAccessMfa.FEDERATED,
    create_policies=False,
)
bastionless.SessionPermissionSet(
    "readers",
    instance_arn="arn:aws:sso:::instance/ssoins-1234567890abcdef",
    access=bastionless.AccessSourceArgs(policy_document=auditors.policy_document),
    assignments=[
        bastionless.AssignmentArgs(
            account_id="123456789012",
            group_id="9067641234-12345678-1234-4123-8123-123456789012",
        )
    ],
)
audit = bastionless.SessionAudit(
    "audit",
    logged_documents=[shell.document_name],
    emails=["security@example.org"],
    notify_on=[
        bastionless.SessionEvent.TUNNEL,
        bastionless.SessionEvent.COMMAND,
        bastionless.SessionEvent.DENIED,
    ],
)

pulumi.export("connect", jump.connect)
pulumi.export("notebook", lab.steps)
pulumi.export("tunnel", orders.command)
pulumi.export("installLinux", plant.install_linux)
pulumi.export("queryIds", audit.query_ids)
