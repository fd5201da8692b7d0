// The backup kind `postgres` against a running cluster.
import { after } from "node:test";
import { backupSuite } from "../suites/backup.ts";
import { cluster, noteSource, shared } from "./cluster.ts";
import { needs } from "./needs.ts";

const server = shared(after, (ending) => cluster(ending));

backupSuite({
  kind: "postgres",
  proves: "[K-060]",
  has: (t) => needs(t, "postgres", "psql"),
  source: async () => {
    const found = await server();
    return noteSource(found, { id: "db", kind: "postgres", with: found.with });
  },
});
