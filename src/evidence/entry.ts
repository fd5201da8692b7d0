import { createHash } from "node:crypto";
import { FILES } from "./files.ts";

const FORM = /^([0-9a-f]{64}) {2}(\S+)\n(?:# runbook (\S+)\n)?$/;
const RUNBOOK = Buffer.from("\n# runbook ");

/** Whether an entry is that of a run: told without reading it. */
export const namesRunbook = (bytes: Buffer): boolean => bytes.includes(RUNBOOK);

/** One entry of the log. */
export interface LogEntry {
  /** SHA-256 of the statement. */
  readonly digest: string;
  /** Path of the statement below the root. */
  readonly file: string;
  /** Of a run: whose evidence it was stays known when the directory is gone, whatever the manual calls it now. */
  readonly runbook?: string;
}

/** Whether this is the id of a runbook, as an entry can carry it. */
export const isRunbook = (id: unknown): id is string => typeof id === "string" && /^\S{1,200}$/.test(id);

/** The entry for one evidence directory, as sha256sum writes and checks it: what begins with `#` it reads over. */
export function logEntry(statement: string | Buffer, path: string, runbook?: string): Buffer {
  const line = `${createHash("sha256").update(statement).digest("hex")}  ${path}/${FILES.statement}\n`;
  return Buffer.from(runbook === undefined ? line : `${line}# runbook ${runbook}\n`, "utf8");
}

/** What an entry says; undefined for what is none. */
export function entryOf(bytes: Buffer): LogEntry | undefined {
  const [, digest, file, runbook] = FORM.exec(bytes.toString("utf8")) ?? [];
  if (digest === undefined || file === undefined) return undefined;
  return { digest, file, ...(runbook !== undefined && { runbook }) };
}
