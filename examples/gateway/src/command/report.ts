import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Failure } from "../failure.ts";
import type { FrontConfig, FrontState } from "../frontd.ts";
import { ask } from "../site/ask.ts";
import { readConfig, readJson } from "../site/config.ts";
import type { Health } from "../site/health.ts";

/** How one part of an environment is. */
export interface Component {
  readonly component: string;
  readonly kind: "gateway" | "front";
  readonly status: Health["status"];
  readonly reasons: readonly string[];
  readonly version?: string;
  readonly role?: string;
  readonly orders?: number;
}

/** No answer is a finding of its own, never a reason to look elsewhere. */
async function looked(
  component: string,
  kind: Component["kind"],
  look: () => Promise<Omit<Component, "component" | "kind">>,
) {
  try {
    return { component, kind, ...(await look()) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { component, kind, status: "unhealthy" as const, reasons: [error.code] };
  }
}

const gateway = async (site: string): Promise<Omit<Component, "component" | "kind">> => {
  const { status, reasons, version, role, orders } = await ask<Health>(readConfig(site).health, "/health");
  return { status, reasons, version, role, orders };
};

const front = async (site: string): Promise<Omit<Component, "component" | "kind">> => {
  const { control } = readJson(join(site, "front.json")) as FrontConfig;
  const { on, orders } = await ask<FrontState>(control, "/state");
  return { status: on ? "healthy" : "unhealthy", reasons: on ? [] : ["off"], orders };
};

/** Sites of an environment below `sites`. */
function sitesOf(
  sites: string,
  environment: string,
): readonly { readonly name: string; readonly kind: Component["kind"] }[] {
  return readdirSync(sites)
    .toSorted()
    .flatMap((name) =>
      (["gateway", "front"] as const).flatMap((kind) => {
        const file = join(sites, name, `${kind}.json`);
        const own = existsSync(file) && (readJson(file) as { environment?: string }).environment === environment;
        return own ? [{ name, kind }] : [];
      }),
    );
}

/** Writes how every part of an environment is. Throws Failure unhealthy with the names of those that are. */
export async function report(sites: string, environment: string, file: string): Promise<object> {
  const found = sitesOf(sites, environment);
  if (found.length === 0) throw new Failure("environment-unknown", { environment, sites }, 2);
  const components: readonly Component[] = await Promise.all(
    found.map(({ name, kind }) =>
      looked(name, kind, () => (kind === "front" ? front(join(sites, name)) : gateway(join(sites, name)))),
    ),
  );
  const broken = components.filter(({ status }) => status === "unhealthy").map(({ component }) => component);
  const result = { environment, status: broken.length === 0 ? "healthy" : "unhealthy", broken, components };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(result, null, 2)}\n`);
  renameSync(`${file}.new`, file);
  if (broken.length > 0) throw new Failure("unhealthy", { broken, report: file });
  return { environment, status: "healthy", components: components.length, report: file };
}
