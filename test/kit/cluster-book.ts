import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { cli } from "./cli.ts";
import { folder } from "./folder.ts";

export interface ClusterBook {
  readonly members: Readonly<Record<string, object>>;
  /** What all members have. */
  readonly shared: Readonly<Record<string, unknown>>;
  readonly password: string;
  /** More of the cluster, as watchbook.yaml has it. */
  readonly more?: Readonly<Record<string, unknown>>;
  readonly readme?: string;
}

/** A book with one cluster `orders` on this machine, and the command line in it. */
export function clusterBook(
  t: TestContext,
  { members, shared, password, more = {}, readme = "# Shop\n" }: ClusterBook,
) {
  const root = folder(t);
  const book = join(root, "book");
  mkdirSync(book);
  writeFileSync(join(root, "password"), password, { mode: 0o600 });
  writeFileSync(join(book, "README.md"), readme);
  // YAML takes JSON. Servers name their password by `ops`.
  writeFileSync(
    join(book, "watchbook.yaml"),
    JSON.stringify({
      lang: "en",
      environments: { drill: { protected: false } },
      services: { shop: { automation: "auto" } },
      targets: { here: { kind: "local", environment: "drill", env: { WATCHBOOK_STATE: join(root, "receipts") } } },
      clusters: { orders: { kind: "postgres", service: "shop", members, with: shared, ...more } },
    }).replaceAll('"secret":"ops"', `"secret":"file:${join(root, "password")}"`),
  );
  const wb = (...args: string[]) => cli(t, args, book);
  const json = async (...args: string[]) => {
    const { code, out, err } = await wb(...args, "--json");
    return { code, err, json: JSON.parse(out) };
  };
  return { root, book, wb, json };
}
