import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { openStore } from "../src/store/sqlite.ts";
import type { Store } from "../src/store/store.ts";
import { storeSuite } from "./suites/store.ts";

const root = mkdtempSync(join(tmpdir(), "watchbook-test-"));
after(() => rmSync(root, { recursive: true, force: true }));

function files(moveAt: number, here: boolean): [() => Promise<Store>, (store: Store) => Promise<Store>] {
  let number = 0;
  const path = () => join(root, `${moveAt}-${here}-${number}`, "state.db");
  return [
    () => {
      number += 1;
      return openStore(path(), { moveAt, here });
    },
    async (store) => {
      await store[Symbol.asyncDispose]();
      return openStore(path(), { moveAt, here });
    },
  ];
}

storeSuite("SQLite file", ...files(500, false));
storeSuite("SQLite file, in the caller's thread", ...files(500, true));
storeSuite("SQLite file, samples moved to their days at once", ...files(1, false));
storeSuite("SQLite in memory", () => openStore(":memory:"));
storeSuite("SQLite in memory, in a thread of its own", () => openStore(":memory:", { here: false }));
