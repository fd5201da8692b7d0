import { api } from "./api.ts";
import { book } from "./book.ts";
import { checks } from "./checks.ts";
import { cli } from "./cli.ts";
import { demo } from "./demo.ts";
import { desk } from "./desk.ts";
import { errors } from "./errors.ts";
import { evidence } from "./evidence.ts";
import { inspect } from "./inspect.ts";
import { lint } from "./lint.ts";
import { procedures } from "./procedures.ts";
import { recognise } from "./recognise.ts";
import { report } from "./report.ts";
import { serve } from "./serve.ts";
import { show } from "./show.ts";
import { store } from "./store.ts";

export const en = {
  api,
  book,
  checks,
  demo,
  desk,
  evidence,
  inspect,
  lint,
  procedures,
  recognise,
  report,
  serve,
  show,
  store,
  cli: {
    ...cli,
    verbs: {
      ...demo.verbs,
      ...evidence.verbs,
      ...inspect.verbs,
      ...lint.verbs,
      ...serve.verbs,
    },
    options: {
      ...cli.options,
      ...demo.options,
      ...evidence.options,
      ...inspect.options,
      ...lint.options,
      ...serve.options,
    },
  },
  findings: {
    ...book.findings,
    ...lint.findings,
    ...procedures.findings,
    ...recognise.findings,
  },
  errors: {
    ...errors,
    ...api.errors,
    ...book.errors,
    ...checks.errors,
    ...cli.errors,
    ...demo.errors,
    ...desk.errors,
    ...evidence.errors,
    ...inspect.errors,
    ...lint.errors,
    ...report.errors,
    ...serve.errors,
    ...store.errors,
  },
} as const;
