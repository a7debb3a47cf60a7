/**
 * The table over a trail. Pure.
 *
 * Its partitions are projected: Athena works out from a query which files to read, nothing has to be loaded or crawled, and
 * a query about one day reads one day's files. Source: Athena User Guide, "Create the table for CloudTrail logs in Athena
 * using partition projection".
 */

export interface TableFacts {
  readonly bucketName: string;
  readonly keyPrefix: string | undefined;
  readonly organizationId: string | undefined;
  readonly accountIds: readonly string[];
  readonly regions: readonly string[];
  readonly days: number;
}

interface Column {
  readonly name: string;
  readonly type: string;
}

const USER_IDENTITY = [
  "type:string",
  "principalid:string",
  "arn:string",
  "accountid:string",
  "invokedby:string",
  "accesskeyid:string",
  "username:string",
  "onbehalfof:struct<userid:string,identitystorearn:string>",
  `sessioncontext:struct<${[
    "attributes:struct<mfaauthenticated:string,creationdate:string>",
    "sessionissuer:struct<type:string,principalid:string,arn:string,accountid:string,username:string>",
    "ec2roledelivery:string",
    "webidfederationdata:struct<federatedprovider:string,attributes:map<string,string>>",
  ].join(",")}>`,
].join(",");

/** The fields of a record that questions about sessions ask for. Source: CloudTrail User Guide, "record contents". */
export const COLUMNS: readonly Column[] = [
  { name: "eventversion", type: "string" },
  { name: "useridentity", type: `struct<${USER_IDENTITY}>` },
  { name: "eventtime", type: "string" },
  { name: "eventsource", type: "string" },
  { name: "eventname", type: "string" },
  { name: "awsregion", type: "string" },
  { name: "sourceipaddress", type: "string" },
  { name: "useragent", type: "string" },
  { name: "errorcode", type: "string" },
  { name: "errormessage", type: "string" },
  { name: "requestparameters", type: "string" },
  { name: "responseelements", type: "string" },
  { name: "additionaleventdata", type: "string" },
  { name: "requestid", type: "string" },
  { name: "eventid", type: "string" },
  { name: "readonly", type: "string" },
  { name: "resources", type: "array<struct<arn:string,accountid:string,type:string>>" },
  { name: "eventtype", type: "string" },
  { name: "apiversion", type: "string" },
  { name: "recipientaccountid", type: "string" },
  { name: "sharedeventid", type: "string" },
  { name: "vpcendpointid", type: "string" },
];

export const PARTITIONS: readonly Column[] = [
  { name: "account", type: "string" },
  { name: "region", type: "string" },
  { name: "day", type: "string" },
];

/** Where the files of the trail lie, with a slash at its end. */
export function location(facts: Pick<TableFacts, "bucketName" | "keyPrefix" | "organizationId">): string {
  const parts = [facts.bucketName, facts.keyPrefix, "AWSLogs", facts.organizationId];
  return `s3://${parts.filter((part) => part !== undefined).join("/")}/`;
}

/** What tells Athena where the partitions are. */
export function parameters(facts: TableFacts): Readonly<Record<string, string>> {
  return {
    EXTERNAL: "TRUE",
    classification: "cloudtrail",
    "projection.enabled": "true",
    "projection.account.type": "enum",
    "projection.account.values": facts.accountIds.join(","),
    "projection.region.type": "enum",
    "projection.region.values": facts.regions.join(","),
    "projection.day.type": "date",
    "projection.day.format": "yyyy/MM/dd",
    "projection.day.interval": "1",
    "projection.day.interval.unit": "DAYS",
    "projection.day.range": `NOW-${facts.days}DAYS,NOW`,
    "storage.location.template": `${location(facts)}\${account}/CloudTrail/\${region}/\${day}`,
  };
}

/** How the files are read. */
export const STORAGE = {
  inputFormat: "com.amazon.emr.cloudtrail.CloudTrailInputFormat",
  outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
  serializationLibrary: "org.apache.hive.hcatalog.data.JsonSerDe",
} as const;
