import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { openStore } from "../src/store/sqlite.ts";
import type { Store } from "../src/store/store.ts";
import { storeSuite } from "./suites/store.ts";

const root = mkdtempSync(join(tmpdir(), "watchbook-test-"));
after(() => rmSync(root, { recursive: true, force: true }));

function files(moveAt: number): [() => Promise<Store>, (store: Store) => Promise<Store>] {
  let number = 0;
  const path = () => join(root, `${moveAt}-${number}`, "state.db");
  return [
    () => {
      number += 1;
      return openStore(path(), { moveAt });
    },
    async (store) => {
      await store[Symbol.asyncDispose]();
      return openStore(path(), { moveAt });
    },
  ];
}

storeSuite("SQLite file", ...files(500));
storeSuite("SQLite file, samples moved to their days at once", ...files(1));
storeSuite("SQLite in memory", () => openStore(":memory:"));
