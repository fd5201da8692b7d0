import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Attempt } from "../../model/journal.ts";

const SAFE = /^[\w-][\w.-]{0,59}$/;

/** A part of a file's name: other names than plain ones are named by their digest. */
const part = (name: string): string =>
  SAFE.test(name) ? name : `x${createHash("sha256").update(name).digest("hex").slice(0, 24)}`;

/** Folder of a run's outputs below the data directory. */
export const outputFolder = (data: string, run: string): string => join(data, "runs", part(run));

/** `restart@web-1.do.1` */
export const outputName = ({ step, target, purpose, attempt }: Attempt): string =>
  `${part(step)}@${part(target)}.${purpose}.${attempt}`;
