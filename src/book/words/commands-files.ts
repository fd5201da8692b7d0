import type { Tool } from "../shell/tool.ts";

const COMPRESSED: Tool = {
  base: "write",
  rules: [{ any: "-l --list -t --test -c --stdout", risk: "read", why: "reads" }],
};

/** Files, archives, text. */
export const FILES: Readonly<Record<string, Tool>> = {
  rm: {
    base: "write",
    rules: [
      { any: "-r -R --recursive", risk: "destructive", why: "remove-recursive" },
      { match: /(^|[\s/])\*(\s|$)/, risk: "destructive", why: "remove-wildcard" },
      { risk: "write", why: "remove" },
    ],
  },
  find: {
    base: "read",
    rules: [
      { any: "-delete", risk: "destructive", why: "find-delete" },
      { any: "-fprint -fprintf -fls", risk: "write", why: "writes" },
    ],
  },
  tar: {
    rules: [
      { any: "-t --list", match: /^/, risk: "read", why: "reads" },
      { match: /^-?[a-zA-Z]*t[a-zA-Z]*(\s|$)/, risk: "read", why: "reads" },
      { match: /--remove-files|--recursive-unlink/, risk: "destructive", why: "remove-recursive" },
      { risk: "write", why: "archive" },
    ],
  },
  unzip: { base: "write", rules: [{ any: "-l -t -Z", risk: "read", why: "reads" }] },
  gzip: COMPRESSED,
  xz: COMPRESSED,
  zstd: COMPRESSED,
  sed: {
    base: "read",
    rules: [
      { any: "-i --in-place", risk: "write", why: "edit-in-place" },
      { match: /^-[nErsz]*i/, risk: "write", why: "edit-in-place" },
      { match: /\/[gip0-9]*w\s|(^|\s|;)[0-9,$]*w\s+\/|\/e(\s|$)/, risk: "unknown", why: "program-text" },
    ],
  },
  perl: { rules: [{ match: /^-\w*i/, risk: "write", why: "edit-in-place" }], base: "unknown" },
  awk: {
    base: "read",
    rules: [{ match: /system\s*\(|\bprint[^|;}]*[>|]|\|\s*getline/, risk: "unknown", why: "program-text" }],
  },
  gawk: {
    base: "read",
    rules: [{ match: /system\s*\(|\bprint[^|;}]*[>|]|\|\s*getline/, risk: "unknown", why: "program-text" }],
  },
  truncate: { rules: [{ risk: "destructive", why: "truncate-file" }] },
  dd: {
    rules: [
      { match: /\bof=\/dev\/(?!null|stdout)/, risk: "destructive", why: "overwrite-device" },
      { match: /\bof=(?!\/dev\/null)/, risk: "write", why: "writes" },
      { risk: "read", why: "reads" },
    ],
  },
  rsync: {
    values: "-e --exclude --include --bwlimit --rsh",
    dry: "-n --dry-run",
    rules: [
      { match: /--(delete|del|remove-source-files|delete-\w+)(\s|=|$)/, risk: "destructive", why: "sync-delete" },
      { match: /^\S*::?\S*$/, risk: "read", why: "reads" },
      { risk: "write", why: "copies" },
    ],
  },
  rclone: {
    dry: "-n --dry-run",
    read: "ls lsl lsd lsf lsjson size check cat about version listremotes md5sum tree config+show",
    write: "copy copyto mkdir move moveto rcat touch config",
    destructive: "sync delete deletefile purge rmdir rmdirs cleanup dedupe",
  },
  restic: {
    dry: "-n --dry-run",
    values: "-r --repo --host --tag --password-file -p",
    read: "snapshots ls check stats diff find version cat list",
    write: "backup init restore unlock mount copy tag key+add",
    destructive: "forget prune key+remove",
  },
  borg: {
    dry: "-n --dry-run",
    read: "list info check diff version",
    write: "create init extract mount umount",
    destructive: "prune delete compact",
  },
  chmod: {
    rules: [
      { match: /\s\/$/, any: "-R --recursive", risk: "destructive", why: "whole-root" },
      { risk: "write", why: "permissions" },
    ],
  },
  chown: {
    rules: [
      { match: /\s\/$/, any: "-R --recursive", risk: "destructive", why: "whole-root" },
      { risk: "write", why: "permissions" },
    ],
  },
  crontab: {
    values: "-u",
    rules: [
      { any: "-l", risk: "read", why: "reads" },
      { any: "-r", risk: "destructive", why: "destroys" },
      { risk: "write", why: "writes" },
    ],
  },
  logrotate: {
    rules: [
      { any: "-d --debug", risk: "read", why: "rehearses" },
      { risk: "write", why: "writes" },
    ],
  },
  date: { base: "read", rules: [{ any: "-s --set", risk: "write", why: "writes" }] },
  history: { base: "read", rules: [{ any: "-c", risk: "destructive", why: "destroys" }] },
  dmesg: { base: "read", rules: [{ any: "-c -C --clear --read-clear", risk: "destructive", why: "clears-log" }] },
  yq: { base: "read", rules: [{ any: "-i --inplace", risk: "write", why: "edit-in-place" }] },
  sort: { base: "read", rules: [{ any: "-o --output", risk: "write", why: "writes" }] },
};
