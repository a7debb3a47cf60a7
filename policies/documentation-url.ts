import manifest from "./package.json" with { type: "json" };

/**
 * Where a rule's page is read on the web; undefined while the package's manifest names no repository on GitHub.
 *
 * @param repository as in a package.json. @default this package's
 */
export function documentationUrl(
  rule: string,
  repository: unknown = repositoryOf(manifest),
): string | undefined {
  const url =
    typeof repository === "object" && repository !== null && "url" in repository
      ? repository.url
      : repository;
  if (typeof url !== "string") {
    return undefined;
  }
  const path =
    /^(?:git\+)?(?:https:\/\/|git@|ssh:\/\/git@)?github(?:\.com)?[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(
      url,
    );
  return path === null ? undefined : `https://github.com/${path[1]}/blob/main/docs/policies/${rule}.md`;
}

function repositoryOf(value: object): unknown {
  return "repository" in value ? value.repository : undefined;
}
