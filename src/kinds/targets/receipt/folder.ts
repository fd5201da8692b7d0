import { createHash } from "node:crypto";
import type { StepContext } from "../../../model/step.ts";

export type AttemptId = StepContext["attempt"];

const SAFE = /^[\w.-]{1,60}$/;

/** A part of a path that is what it says: names of another kind are named by their digest. */
const part = (name: string): string =>
  SAFE.test(name) && !name.startsWith(".") ? name : `x${createHash("sha256").update(name).digest("hex").slice(0, 24)}`;

/** Folder of a run below the receipts of a target. */
export const runFolderOf = (run: string): string => part(run);

/** Folder of an attempt below the receipts of its target: `run/step@target.purpose.number`, or `….number.look`. */
export const folderOf = ({ run, step, target, purpose, number, look }: AttemptId): string =>
  `${runFolderOf(run)}/${part(step)}@${part(target)}.${purpose}.${number}${look === undefined ? "" : `.${part(look)}`}`;
