import type { Reach } from "../../model/target.ts";
import { git } from "./commit.ts";

/**
 * How hosts show a line of a file at a commit, by a part of their name; the first that fits. What is known of none is asked as
 * GitHub, which GitLab and Gitee understand too.
 */
const HOSTS: readonly (readonly [RegExp, (commit: string, path: string) => string])[] = [
  [/gitlab/i, (commit, path) => `/-/blob/${commit}/${path}#L{line}`],
  [/bitbucket/i, (commit, path) => `/src/${commit}/${path}#lines-{line}`],
  [/gitea|forgejo|codeberg/i, (commit, path) => `/src/commit/${commit}/${path}#L{line}`],
  [/(?:^|\.)sr\.ht$/i, (commit, path) => `/tree/${commit}/item/${path}#L{line}`],
  [/./, (commit, path) => `/blob/${commit}/${path}#L{line}`],
];

/** Hosts that show by https what they are asked for by ssh, under the same name and path. */
const BOTH_WAYS = /(?:^|\.)(?:github|gitlab|gitee|bitbucket|codeberg|gitea|forgejo)\./i;
/** As git takes it: `ssh://USER@HOST:PORT/PATH`, or `USER@HOST:PATH` (git-clone(1), “GIT URLS”). */
const SSH = /^(?:ssh:\/\/(?:[^@/]+@)?([\w.-]+)(?::\d+)?\/|(?:[^@/:]+@)?([\w.-]+):(?!\/))(.+)$/;

/**
 * The web address of a repository by its origin, without what somebody signs in with; undefined where no browser could open it: of ssh
 * only the hosts that are known to show it are believed. Pure.
 */
export function webOf(origin: string): string | undefined {
  const [, long, short, way] = SSH.exec(origin) ?? [];
  const host = long ?? short ?? "";
  const named = BOTH_WAYS.test(host) ? `https://${host}/${way}` : origin;
  const url = URL.canParse(named) ? new URL(named) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) return undefined;
  return `${url.origin}${url.pathname.replace(/\/+$/, "").replace(/\.git$/, "")}`;
}

/** Where a file of the repository is read at a commit; `{line}` is put in by who knows it. Pure. */
export function sourceAt(web: string, commit: string, path: string): string {
  const { hostname } = new URL(web);
  const [, way] = HOSTS.find(([host]) => host.test(hostname))!;
  return `${web}${way(commit, path.split("/").map(encodeURIComponent).join("/"))}`;
}

/** Where the repository of a book is read, and the book's folder in it (`docs/ops/`, or empty). */
export interface RepositoryWeb {
  readonly web: string;
  readonly folder: string;
}

/** Asks git in `root`; undefined where there is no origin that a browser could open. */
export async function repositoryWeb(reach: Reach, root: string): Promise<RepositoryWeb | undefined> {
  const ask = async (...args: readonly string[]): Promise<string | undefined> => {
    const { end, out } = await git(reach, root, args);
    return end.kind === "exit" && end.code === 0 ? out.replace(/\n$/, "") : undefined;
  };
  const web = webOf((await ask("config", "--get", "remote.origin.url")) ?? "");
  if (web === undefined) return undefined;
  const folder = await ask("rev-parse", "--show-prefix");
  return folder === undefined ? undefined : { web, folder };
}
