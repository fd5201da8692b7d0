import { dirname, resolve } from "node:path";
import { Failure } from "../failure.ts";
import { readJson, wrongFields, type Config } from "../site/config.ts";
import { looksAtCertificates, looksAtCredentials, looksAtDisk, looksAtWal } from "./preflight/files.ts";
import { looksAtFronts } from "./preflight/fronts.ts";
import { look, type Look } from "./preflight/look.ts";
import { looksAtSessions } from "./preflight/sessions.ts";

/** Everything that must be so before something is deployed, each on its own. Changes nothing. */
async function looksAt(site: string, config: Config, environment: string): Promise<readonly Look[]> {
  const other = config.environment === environment ? "" : `${config.environment}, asked for ${environment}`;
  return [
    look("fields", ""),
    look("environment", other),
    looksAtCredentials(site, config),
    ...(await looksAtFronts(config)),
    looksAtDisk(site, config),
    looksAtCertificates(site, config),
    ...looksAtSessions(config, Date.now()),
    looksAtWal(site),
  ];
}

/** Throws Failure preflight with what is wrong: wrong fields alone when there are any. */
export async function preflight(file: string, environment: string): Promise<{ readonly checked: readonly string[] }> {
  const value = readJson(file);
  const fields = wrongFields(value);
  const looks =
    fields.length > 0
      ? [look("fields", fields.join(", "))]
      : await looksAt(dirname(resolve(file)), value as Config, environment);
  const wrong = looks.filter(({ found }) => found !== undefined);
  if (wrong.length > 0) throw new Failure("preflight", { wrong });
  return { checked: looks.map(({ check }) => check) };
}
