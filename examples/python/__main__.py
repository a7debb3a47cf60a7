"""The program of ../yaml, in Python. `pulumi install` makes `pulumi_bastionless` of the components' schema."""

import pulumi
import pulumi_bastionless as bastionless

sessions = bastionless.SessionLogging("logging", retention_days=90)
logging = bastionless.LoggingReferenceArgs(
    destination=sessions.destination,
    key_arn=sessions.key_arn,
)

network = bastionless.PrivateNetwork("network", zones=2, endpoint_zones=1, logging=logging)

shell = bastionless.SessionDocument(
    "shell",
    shell=bastionless.ShellDocumentArgs(
        logging=sessions.preferences,
        idle_timeout_minutes=15,
    ),
)

app = bastionless.BastionlessInstance(
    "app",
    network=bastionless.InstanceNetworkArgs(
        vpc_id=network.vpc_id,
        subnet_ids=network.subnet_ids,
        zones=network.zones,
        instances_security_group_id=network.instances_security_group_id,
    ),
    logging=logging,
    documents=bastionless.InstanceDocumentsArgs(
        shell=bastionless.InstanceDocumentsShellArgs(document_name=shell.document_name),
    ),
)

bastionless.SessionAccess(
    "operators",
    profile=bastionless.AccessProfile.OPERATOR,
    documents=[
        bastionless.DocumentReferenceArgs(
            document_name=shell.document_name,
            session_type=shell.session_type,
        )
    ],
    instance_tags=app.access_tags,
    logging=logging,
    groups=["sre"],
)

pulumi.export("connect", app.connect)
