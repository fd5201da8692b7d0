import { X509Certificate } from "node:crypto";
import { readFileSync, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import { Failure } from "../../failure.ts";
import { readWal } from "../../node/wal.ts";
import { REFERENCE, type Config } from "../../site/config.ts";
import { look, type Look } from "./look.ts";

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? "unreadable";

/** Why a reference leads to nothing; never what it leads to. */
function flawOf(site: string, reference: string): string {
  const [, kind, where = ""] = REFERENCE.exec(reference) ?? [];
  if (kind === "env") return process.env[where] ? "" : "not set";
  try {
    const found = statSync(join(site, where));
    const { mode, size } = found;
    if (!found.isFile()) return "no file";
    if (size === 0) return "empty";
    return (mode & 0o077) === 0 ? "" : `mode ${(mode & 0o777).toString(8)}`;
  } catch (error) {
    return codeOf(error);
  }
}

/** Credentials are named, not written down: each name must lead to something that nobody else can read. */
export function looksAtCredentials(site: string, { credentials = {} }: Config): Look {
  const names = Object.entries(credentials);
  const wrong = names
    .map(([name, reference]) => ({ name, flaw: flawOf(site, reference) }))
    .filter(({ flaw }) => flaw !== "");
  return look("credentials", names.length === 0 ? "none" : wrong.map(({ name, flaw }) => `${name} ${flaw}`).join(", "));
}

export function looksAtDisk(site: string, { minFreeMb }: Config): Look {
  const { bavail, bsize } = statfsSync(site);
  const free = Math.floor((bavail * bsize) / 1_048_576);
  return look("disk", free < minFreeMb ? `${free} MB free, ${minFreeMb} needed` : "");
}

const DAY_MS = 86_400_000;

/** Why a certificate cannot be counted on for as many days. */
function expiryOf(file: string, minDays: number): string {
  try {
    const { validFromDate, validToDate } = new X509Certificate(readFileSync(file));
    if (validFromDate.getTime() > Date.now()) return `valid from ${validFromDate.toISOString()}`;
    const days = Math.floor((validToDate.getTime() - Date.now()) / DAY_MS);
    return days < minDays ? `${days} days left, ${minDays} needed` : "";
  } catch (error) {
    return codeOf(error);
  }
}

export function looksAtCertificates(site: string, { certificates = [] }: Config): Look {
  const wrong = certificates
    .map(({ file, minDays }) => ({ file, flaw: expiryOf(join(site, file), minDays) }))
    .filter(({ flaw }) => flaw !== "");
  return look("certificate", wrong.map(({ file, flaw }) => `${file} ${flaw}`).join(", "));
}

/** The log as the next start would find it. */
export function looksAtWal(site: string): Look {
  try {
    readWal(join(site, "wal"));
    return look("wal", "");
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return look("wal", `${error.code} ${JSON.stringify(error.facts)}`);
  }
}
