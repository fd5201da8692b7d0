import type { Tool } from "../shell/tool.ts";

const APT: Tool = {
  values: "-t -o -c",
  dry: "-s --simulate --dry-run --just-print",
  read: "list search show policy changelog depends rdepends madison check download-list",
  write:
    "install update upgrade dist-upgrade full-upgrade reinstall download build-dep source edit-sources remove clean autoclean hold unhold",
  destructive: "purge autoremove autopurge",
};
const YUM: Tool = {
  read: "list search info repolist provides history check check-update deplist updateinfo repoquery",
  write:
    "install update upgrade reinstall localinstall makecache clean groupinstall downgrade config-manager module versionlock",
  destructive: "remove erase autoremove",
};
const NODE_PACKAGES: Tool = {
  values: "--prefix -C --registry --workspace -w",
  dry: "--dry-run",
  read: "list ls view info outdated audit search whoami ping version why config+get config+list root bin prefix doctor show explain",
  write:
    "install i ci add update up upgrade remove uninstall un rm run start test build init publish link unlink prune config+set config+delete cache login logout exec dedupe rebuild pack set dlx",
};
const PIP: Tool = {
  values: "-i --index-url -r",
  read: "list show freeze check search config+list",
  write: "install download wheel uninstall cache config+set",
};

/** Packages, source control, languages. */
export const PACKAGES: Readonly<Record<string, Tool>> = {
  apt: APT,
  "apt-get": APT,
  aptitude: APT,
  "apt-cache": { base: "read" },
  "apt-mark": { read: "showhold showmanual showauto", write: "hold unhold manual auto" },
  "apt-key": { read: "list", write: "add del" },
  "add-apt-repository": { base: "write" },
  dpkg: {
    rules: [
      { any: "-P --purge", risk: "destructive", why: "remove-package" },
      { any: "-i -r --install --remove --configure --unpack", risk: "write", why: "packages" },
      {
        any: "-l -L -S -s --list --listfiles --search --status --get-selections --print-architecture -c -I",
        risk: "read",
        why: "reads",
      },
    ],
  },
  "dpkg-query": { base: "read" },
  yum: YUM,
  dnf: YUM,
  microdnf: YUM,
  zypper: {
    read: "search info list-updates repos lr se lu",
    write: "install update refresh addrepo in up ref patch",
    destructive: "remove rm",
  },
  rpm: {
    rules: [
      { any: "-q --query -V --verify", risk: "read", why: "reads" },
      { match: /^-q/, risk: "read", why: "reads" },
      { match: /^(-e|--erase)/, risk: "destructive", why: "remove-package" },
      { risk: "write", why: "packages" },
    ],
  },
  apk: { read: "info list search version policy", write: "add update upgrade fix", destructive: "del" },
  pacman: {
    rules: [
      { match: /^-R/, risk: "destructive", why: "remove-package" },
      { match: /^-(Q|Ss|Si|F)/, risk: "read", why: "reads" },
      { match: /^-(S|U)/, risk: "write", why: "packages" },
    ],
  },
  brew: {
    read: "list info search outdated deps doctor services+list",
    write: "install update upgrade tap link services+start services+stop services+restart uninstall cleanup",
  },
  snap: {
    read: "list info find version changes",
    write: "install refresh revert enable disable set",
    destructive: "remove",
  },
  flatpak: { read: "list info search", write: "install update", destructive: "uninstall" },
  npm: NODE_PACKAGES,
  pnpm: NODE_PACKAGES,
  yarn: { ...NODE_PACKAGES, base: "write" },
  npx: { base: "unknown" },
  pip: PIP,
  pip3: PIP,
  pipx: PIP,
  uv: { read: "version tree", write: "pip sync add remove lock venv" },
  gem: { read: "list search info environment", write: "install update uninstall" },
  bundle: { read: "list outdated check show", write: "install update exec" },
  composer: { read: "show outdated validate", write: "install update require remove dump-autoload" },
  cargo: { read: "tree search metadata check version", write: "build install update run test fetch publish clean" },
  go: { read: "version env list vet doc", write: "build install get mod run test generate clean tool" },
  mvn: { base: "write" },
  gradle: { base: "write" },
  python: {
    rules: [
      { match: /^-m\s+(json\.tool|platform)\b/, risk: "read", why: "reads" },
      { match: /^-m\s+(pip\s+install|venv|ensurepip)\b/, risk: "write", why: "packages" },
    ],
  },
  python3: {
    rules: [
      { match: /^-m\s+(json\.tool|platform)\b/, risk: "read", why: "reads" },
      { match: /^-m\s+(pip\s+install|venv|ensurepip)\b/, risk: "write", why: "packages" },
    ],
  },
  git: {
    values: "-C -c --git-dir --work-tree",
    dry: "--dry-run",
    read: "status log diff show blame rev-parse describe ls-files ls-remote ls-tree remote branch config+--get config+--list shortlog reflog grep cat-file rev-list name-rev version stash+list for-each-ref merge-base check-ignore count-objects fsck verify-commit cherry whatchanged",
    write:
      "clone fetch pull push commit add checkout switch merge rebase stash tag cherry-pick revert init submodule config worktree restore mv am apply remote+add remote+set-url bisect archive gc rm reset lfs stash+pop stash+apply bundle",
    destructive: "clean filter-branch stash+drop stash+clear",
    rules: [
      {
        sub: "push",
        match: /(^|\s)(--force|-f|--force-with-lease\S*|--mirror|--delete|-d)(\s|$)|\s\+\S+:\S|\s:\S/,
        risk: "destructive",
        why: "force-push",
      },
      { sub: "reset", any: "--hard", risk: "destructive", why: "discard-work" },
      { sub: "clean", any: "-n --dry-run", risk: "read", why: "rehearses" },
      { sub: "clean", risk: "destructive", why: "discard-work" },
      { sub: "branch tag", any: "-D -d --delete", risk: "destructive", why: "destroys" },
      { sub: "branch", any: "-m -M -u --set-upstream-to", risk: "write", why: "writes" },
      { sub: "checkout", match: /\s--\s|\s\.$/, risk: "destructive", why: "discard-work" },
      { sub: "restore", risk: "destructive", why: "discard-work" },
      { sub: "tag", any: "-l --list", risk: "read", why: "reads" },
    ],
  },
  svn: {
    read: "info status log diff list",
    write: "checkout update commit add co up ci",
    destructive: "revert delete",
  },
  gh: {
    read: "pr+list pr+view pr+status issue+list issue+view run+list run+view run+watch repo+view release+list release+view api status",
    write: "pr+create pr+merge issue+create run+rerun release+create workflow+run auth+login repo+clone",
    destructive: "release+delete repo+delete run+cancel",
  },
};
