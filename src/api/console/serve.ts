import { createHash } from "node:crypto";
import type { Context } from "hono";
import type { Lang } from "../../model/lang.ts";
import type { Env } from "../front.ts";
import { isConsole, readConsole, type ConsoleFile, type ConsoleFiles } from "./files.ts";

const digests = (text: string, element: "script" | "style"): string =>
  [...text.matchAll(new RegExp(`<${element}(?:\\s[^>]*)?>([^<]+)</${element}>`, "g"))]
    .map(([, body]) => ` 'sha256-${createHash("sha256").update(body!).digest("base64")}'`)
    .join("");

/**
 * Nothing but our own files, and what stands in the page itself as it was built, by its digest; no markup made from text:
 * Trusted Types refuse it even from our own script.
 */
export const policyFor = (index: string): string =>
  `default-src 'none'; script-src 'self'${digests(index, "script")}; style-src 'self'${digests(index, "style")}; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;

/** First parts of addresses that are the server's own, not pages of the console. */
const OWN = new Set(["api", "acknowledge", "reports", "plain", "now", "health", "metrics", "assets", "status"]);
const YEAR = "public, max-age=31536000, immutable";

/** An address that a person opens: no file, and none of the server's own. */
const isPage = (path: string): boolean => {
  const [first = ""] = path.slice(1).split("/");
  return !OWN.has(first) && !first.includes(".");
};

/**
 * The console's files, before it is asked who somebody is: they tell nothing of the book. `folder`: where it was built;
 * absent, or nothing is there: the plain page is at `/`. Answers undefined for what is no file of it. `lang` of the book, for a reader who never chose.
 */
export function consoleFiles(
  folder: string | undefined,
  lang: () => Lang,
): (c: Context<Env>) => Promise<Response | undefined> {
  let files: Promise<ConsoleFiles> | undefined;
  const there = folder !== undefined && isConsole(folder);
  return async (c) => {
    const { method, path } = c.req;
    if (!there || (method !== "GET" && method !== "HEAD")) return undefined;
    const page = isPage(path) && (path === "/" || (c.req.header("accept") ?? "").includes("text/html"));
    // Read again when it could not be read whole: a new one may have been put in its place just then.
    const all = await (files ??= readConsole(folder).catch((error: unknown) => {
      files = undefined;
      throw error;
    }));
    const file = all.get(page ? "/index.html" : path);
    if (file === undefined) return undefined;
    return page || path === "/index.html" ? indexOf(c, file, lang()) : sent(c, file);
  };
}

/** The page that loads the rest, in the book's language until the reader's own is known. */
function indexOf(c: Context<Env>, file: ConsoleFile, lang: Lang): Response {
  const text = file.plain
    .toString("utf8")
    .replace('<html lang="en">', `<html lang="${lang === "zh" ? "zh-CN" : "en"}">`);
  return c.body(text, 200, { "content-type": file.type, "content-security-policy": policyFor(text) });
}

/** One file, compressed as the browser takes it; 304 when it has it already. */
function sent(c: Context<Env>, file: ConsoleFile): Response {
  const headers: Record<string, string> = {
    "content-type": file.type,
    "cache-control": file.hashed ? YEAR : "no-cache",
    etag: file.etag,
    vary: "accept-encoding",
  };
  if (c.req.header("if-none-match") === file.etag) return c.body(null, 304, headers);
  const takes = new Set((c.req.header("accept-encoding") ?? "").split(",").map((one) => one.split(";")[0]!.trim()));
  if (file.br !== undefined && takes.has("br")) return c.body(file.br, 200, { ...headers, "content-encoding": "br" });
  if (file.gzip !== undefined && takes.has("gzip"))
    return c.body(file.gzip, 200, { ...headers, "content-encoding": "gzip" });
  return c.body(file.plain, 200, headers);
}
