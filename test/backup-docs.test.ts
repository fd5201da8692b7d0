// Backup kinds are said in both languages, and docs/backups*.md show what is accepted.
import assert from "node:assert/strict";
import { parse } from "yaml";
import { backupExamples } from "../scripts/docs-backups-words.ts";
import { texts } from "../src/i18n/texts.ts";
import { backups } from "../src/kinds/backups/index.ts";
import { kindDocsSuite } from "./suites/kind-docs.ts";

kindDocsSuite(
  "backup",
  backups,
  (lang) => texts(lang).backups,
  ({ kind }) => {
    const [given] = Object.values(parse(backupExamples[kind]!) as Record<string, Record<string, unknown>>);
    const { kind: name, ...params } = given!;
    assert.equal(name, kind);
    return params;
  },
);
