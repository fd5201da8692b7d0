import {
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Failure } from "../failure.ts";
import { readJson } from "./config.ts";

/** What stands for a built program: its version, and the settings it cannot start without. */
export interface Release {
  readonly version: string;
  readonly needs: readonly string[];
}

const STORE = fileURLToPath(new URL("../../releases/", import.meta.url));

const fileOf = (version: string): string => {
  if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Failure("version-form", { version }, 2);
  return `${version}.json`;
};

/** The release in use, the one before it, and the one before that: for a rollout that is taken back. */
type Link = "current" | "previous" | "earlier";

const linked = (site: string, link: Link): string | undefined =>
  lstatSync(join(site, link), { throwIfNoEntry: false })
    ? basename(readlinkSync(join(site, link)), ".json")
    : undefined;

/** Sets a link in one move, or takes it away. */
function link(site: string, name: Link, version: string | undefined): void {
  rmSync(join(site, `${name}.new`), { force: true });
  if (version === undefined) {
    rmSync(join(site, name), { force: true });
    return;
  }
  symlinkSync(join("releases", fileOf(version)), join(site, `${name}.new`));
  renameSync(join(site, `${name}.new`), join(site, name));
}

export const versionOf = (site: string): string | undefined => linked(site, "current");
export const previousOf = (site: string): string | undefined => linked(site, "previous");

/** Puts a release into the site, beside the one that runs. Throws Failure release-unknown. */
export function deploy(site: string, version: string): void {
  const [from, to] = [join(STORE, fileOf(version)), join(site, "releases", fileOf(version))];
  if (!existsSync(from)) throw new Failure("release-unknown", { version }, 2);
  if (existsSync(to)) return;
  mkdirSync(join(site, "releases"), { recursive: true });
  writeFileSync(`${to}.new`, JSON.stringify(readJson(from)));
  renameSync(`${to}.new`, to);
}

/** Takes a release out again, unless it is in use or could be gone back to. */
export function discard(site: string, version: string): boolean {
  if (versionOf(site) === version || previousOf(site) === version) return false;
  rmSync(join(site, "releases", fileOf(version)), { force: true });
  return true;
}

const mustBeThere = (site: string, version: string): void => {
  if (!existsSync(join(site, "releases", fileOf(version)))) throw new Failure("release-not-deployed", { version }, 2);
};

/** The release that the next start takes. Throws Failure release-not-deployed. */
export function use(site: string, version: string): void {
  mustBeThere(site, version);
  const now = versionOf(site);
  if (now === version) return;
  link(site, "earlier", previousOf(site));
  link(site, "previous", now);
  link(site, "current", version);
}

/** Takes `use` back: the release of before is in use again, and there is no way back to the one that was not wanted. */
export function back(site: string, version: string): void {
  mustBeThere(site, version);
  if (versionOf(site) === version) return;
  link(site, "current", version);
  link(site, "previous", linked(site, "earlier"));
  link(site, "earlier", undefined);
}

export const readRelease = (site: string): Release => readJson(join(site, "current")) as Release;
