import type { BookConfig } from "../../model/config.ts";
import type { Document, Link } from "../../model/document.ts";
import type { NamePattern } from "../../model/policy.ts";
import type { Page } from "../recognise/recogniser.ts";
import { anchorsOf } from "./anchors.ts";

/** What links are looked up in. */
export interface Tree {
  readonly pages: ReadonlyMap<string, Page>;
  readonly files: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
  readonly patterns: readonly NamePattern[];
  readonly config: BookConfig;
  /** Asked for what the listing does not hold (ignored folders, the neighbours of a file named alone). */
  has(path: string): Promise<boolean>;
}

/** Every folder that one of the files lies in. */
export function foldersOf(files: Iterable<string>): Set<string> {
  const folders = new Set<string>([""]);
  for (const file of files)
    for (let at = file.lastIndexOf("/"); at > 0; at = file.lastIndexOf("/", at - 1)) {
      const folder = file.slice(0, at);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  return folders;
}

/** A document with the state of each of its links looked up. */
export async function resolveLinks(document: Document, tree: Tree): Promise<Document> {
  const links: Link[] = [];
  for (const link of document.links) {
    const looked = link.state === "ok" ? lookedUp(link, document.file, tree) : link;
    // Nearly every link is found in the listing: nothing to wait for.
    const resolved = looked instanceof Promise ? await looked : looked;
    if (resolved) links.push(resolved);
  }
  return { ...document, links };
}

type Looked = Link | undefined | Promise<Link | undefined>;

function lookedUp(link: Link, file: string, tree: Tree): Looked {
  const [, rawPath = "", rawAnchor] = /^([^#?]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(link.href) ?? [];
  const anchor = rawAnchor === undefined ? {} : { anchor: decoded(rawAnchor) };
  const path = decoded(rawPath);
  if (path === "") return anchored({ ...link, ...anchor, target: file }, tree);
  if (path.startsWith("/")) return absolute({ ...link, ...anchor }, path, tree);
  const beside = join(folderOf(file), path);
  if (link.origin === "code") return codePath({ ...link, ...anchor }, path, beside, tree);
  if (beside === undefined) return { ...link, ...anchor, state: "outside" };
  const found = { ...link, ...anchor };
  return isListed(beside, tree) ? anchored({ ...found, target: beside }, tree) : elsewhere(found, beside, tree);
}

/** A leading slash starts at the book's root; what is not there is the site generator's business. */
async function absolute(link: Link, path: string, tree: Tree): Promise<Link> {
  const target = join(tree.config.site?.root ?? "", path.slice(1)) ?? "";
  const looked = await elsewhere(link, target, tree);
  return looked.state === "dead" && !tree.config.site ? { ...looked, state: "site" } : looked;
}

/** Paths in code spans start beside the document or at the root. A bare name is a link only where such a file exists. */
async function codePath(link: Link, path: string, beside: string | undefined, tree: Tree): Promise<Link | undefined> {
  const fromRoot = join("", path);
  for (const target of [beside, fromRoot])
    if (target !== undefined && (await exists(target, tree))) return anchored({ ...link, target }, tree);
  if (!path.includes("/")) {
    if (tree.patterns.some((pattern) => matches(pattern, path))) return { ...link, state: "pattern" };
    const named = [...tree.pages.keys()].filter((file) => file.endsWith(`/${path}`));
    return named.length === 1 ? anchored({ ...link, target: named[0]! }, tree) : undefined;
  }
  if (fromRoot === undefined || beside === undefined) return { ...link, state: "outside" };
  return { ...link, target: fromRoot, state: "dead" };
}

async function elsewhere(link: Link, target: string, tree: Tree): Promise<Link> {
  if (await exists(target, tree)) return anchored({ ...link, target }, tree);
  // Built pages: `install` and `install.html` are made of `install.md` by the generator.
  const stem = target.replace(/\.html?$/, "");
  if (
    !/\.[A-Za-z0-9]{1,5}$/.test(stem) &&
    [`${stem}.md`, `${stem}/index.md`, `${stem}/_index.md`].some((each) => tree.files.has(each))
  )
    return { ...link, target, state: "site" };
  return { ...link, target, state: "dead" };
}

const isListed = (target: string, tree: Tree): boolean => tree.files.has(target) || tree.folders.has(target);

const exists = async (target: string, tree: Tree): Promise<boolean> =>
  isListed(target, tree) || (await tree.has(target));

function anchored(link: Link, tree: Tree): Link {
  const page = link.anchor ? tree.pages.get(link.target ?? "") : undefined;
  if (!page || !link.anchor) return link;
  const anchors = anchorsOf(page);
  return anchors.has(link.anchor) || anchors.has(link.anchor.toLowerCase()) ? link : { ...link, state: "dead-anchor" };
}

function matches({ regex }: NamePattern, name: string): boolean {
  return new RegExp(regex).test(name);
}

const folderOf = (file: string): string => file.slice(0, Math.max(file.lastIndexOf("/"), 0));

const decoded = (text: string): string => {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone percent sign is part of the name.
    return text;
  }
};

/** Path below the root, or undefined when it leaves it. */
function join(folder: string, path: string): string | undefined {
  const parts = folder === "" ? [] : folder.split("/").filter((part) => part !== "" && part !== ".");
  for (const part of path.split("/"))
    if (part === "..") {
      if (parts.length === 0) return undefined;
      parts.pop();
    } else if (part !== "." && part !== "") parts.push(part);
  return parts.join("/");
}
