// Folders as they are in the wild, and what must come back of them.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";

/** Modes, links, holes, names and times that a careless copy loses. */
export function wild(root: string): void {
  mkdirSync(join(root, "配置 dir"), { mode: 0o750 });
  writeFileSync(join(root, "配置 dir", "it's $HOME; *"), "quoted\n");
  writeFileSync(join(root, "identity.key"), "secret\n", { mode: 0o600 });
  chmodSync(join(root, "identity.key"), 0o600);
  writeFileSync(join(root, "run"), "#!/bin/sh\n");
  chmodSync(join(root, "run"), 0o755);
  linkSync(join(root, "run"), join(root, "run-too"));
  symlinkSync("identity.key", join(root, "link"));
  symlinkSync("/nowhere/at/all", join(root, "broken"));
  mkdirSync(join(root, "empty"));
  const fd = openSync(join(root, "sparse"), "w");
  ftruncateSync(fd, 64 * 1_048_576);
  closeSync(fd);
  utimesSync(join(root, "run"), 1_600_000_000, 1_600_000_000);
}

/** Path, mode, owner, size, time and content or aim of everything below a folder, a line each. */
export function described(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { mode, uid, gid, size, mtimeMs, nlink } = lstatSync(path);
      const what = entry.isSymbolicLink()
        ? readlinkSync(path)
        : entry.isFile() && size < 1_000_000
          ? readFileSync(path, "utf8")
          : "";
      const time = entry.isSymbolicLink() ? "" : Math.floor(mtimeMs / 1_000);
      const links = entry.isFile() ? nlink : "";
      return [relative(root, path), mode.toString(8), uid, gid, entry.isFile() ? size : "", time, links, what].join(
        "|",
      );
    })
    .toSorted();
}

/** Bytes on disk. */
export const usage = (path: string): number =>
  Number(execFileSync("du", ["-sk", path], { encoding: "utf8" }).split("\t")[0]) * 1_024;
