import type { Entry, Listing } from "./manual-files.ts";
import { CONFIG_NAME } from "./manual-files.ts";

/** Names that can be manuals: Markdown, and plain text under the rule of `manualsOf`. */
export const MANUAL_NAME = /\.(?:md|markdown|txt)$/i;
const MARKDOWN = /\.(?:md|markdown)$/i;
/** Text files that tools own; never manuals, even where no Markdown lies beside them. */
const OWNED =
  /^(?:requirements|constraints|robots|humans|security|ads|cmakelists|licen[cs]e|copying|notice|authors|manifest|.*[-_]requirements)(?:[-_.][^/]*)?\.txt$/i;

/**
 * The manuals of a listing: Markdown files; `.txt` when named, or when its folder holds no Markdown. Everything else is
 * what links and paths may point to.
 */
export function manualsOf(listing: Listing): {
  readonly manuals: readonly Entry[];
  readonly others: readonly string[];
} {
  const withMarkdown = new Set(
    listing.entries.filter((entry) => MARKDOWN.test(entry.path)).map((entry) => folderOf(entry.path)),
  );
  const isManual = (entry: Entry): boolean => {
    if (listing.named) return listing.named.has(entry.path);
    if (entry.alias || entry.path === CONFIG_NAME) return false;
    if (MARKDOWN.test(entry.path)) return true;
    return MANUAL_NAME.test(entry.path) && !withMarkdown.has(folderOf(entry.path)) && !OWNED.test(nameOf(entry.path));
  };
  const manuals = listing.entries.filter(isManual);
  const chosen = new Set(manuals);
  return { manuals, others: listing.entries.filter((entry) => !chosen.has(entry)).map((entry) => entry.path) };
}

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf("/"), 0));
const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
