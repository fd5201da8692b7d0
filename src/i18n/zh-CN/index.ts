import type { en as source } from "../en/index.ts";
import type { Same } from "../same.ts";
import { api } from "./api.ts";
import { book } from "./book.ts";
import { checks } from "./checks.ts";
import { cli } from "./cli.ts";
import { desk } from "./desk.ts";
import { errors } from "./errors.ts";
import { evidence } from "./evidence.ts";
import { lint } from "./lint.ts";
import { report } from "./report.ts";
import { store } from "./store.ts";

export const zh = {
  api,
  book,
  checks,
  cli,
  desk,
  evidence,
  report,
  store,
  findings: { ...book.findings, ...lint.findings },
  errors: {
    ...errors,
    ...api.errors,
    ...book.errors,
    ...checks.errors,
    ...cli.errors,
    ...desk.errors,
    ...evidence.errors,
    ...report.errors,
    ...store.errors,
  },
} satisfies Same<typeof source>;
