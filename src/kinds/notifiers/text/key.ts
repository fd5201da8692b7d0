import { createHash } from "node:crypto";

/** An id as a key or header of a receiver: itself where it has that form and is short enough, else its digest. */
export const keyOf = (id: string, most: number, form = /^[\w:/@+=-]+$/): string =>
  id.length <= most && form.test(id) ? id : createHash("sha256").update(id).digest("hex").slice(0, most);
