import { texts } from "../../i18n/texts.ts";
import type { Book } from "../../model/book.ts";
import type { Lang } from "../../model/lang.ts";
import { at } from "../../model/source.ts";
import { columns } from "../columns.ts";

/** Who may do what with what and until when, as the manual grants it, each with its place. */
export function showPermissions({ permissions }: Pick<Book, "permissions">, lang: Lang): string {
  const { show } = texts(lang);
  const { who: name, object: thing, rights: what, until: end, endless } = show.permissions;
  if (permissions.length === 0) return `${show.noPermissions}\n`;
  return columns([
    [name, thing, what, end, ""],
    ...permissions.map(({ who, object, rights, until, ends, source }) => [
      ...[who, object, rights],
      until ?? ends ?? endless,
      at(source),
    ]),
  ]);
}
