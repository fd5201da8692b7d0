// The backup kind `files`, and what holds for every set whatever it is made of.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder } from "./kit/folder.ts";
import { backupSuite } from "./suites/backup.ts";

backupSuite({
  kind: "files",
  proves: "",
  has: () => true,
  source: (t) => {
    const path = folder(t);
    mkdirSync(join(path, "with space"));
    const names = (root: string) =>
      readdirSync(join(root, "with space"))
        .map((name) => name.slice(0, -4))
        .toSorted();
    return Promise.resolve({
      part: { id: "files", kind: "files", with: { path } },
      add: (what) => writeFileSync(join(path, "with space", `${what}.txt`), `this is ${what}\n`),
      has: () => names(path),
      restored: (outputs) => names(outputs["FILES_DIR"]!),
    });
  },
});
