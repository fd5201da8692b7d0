/** Files of an evidence directory. */
export const FILES = {
  env: "result.env",
  json: "result.json",
  markdown: "result.md",
  events: "events.jsonl",
  statement: "statement.dsse.json",
  testResult: "test-result.dsse.json",
  proof: "statement.tlog-proof",
} as const;

/** Those whose digests the statement holds. */
export const SUBJECTS = [FILES.env, FILES.json, FILES.markdown, FILES.events] as const;
