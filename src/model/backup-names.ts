const upper = (part: string): string => part.replaceAll(/[^A-Za-z0-9]/gu, "_").toUpperCase();

/** Variable that carries what was told of the copy of a part: `COPY_DB`. */
export const copyName = (part: string): string => `COPY_${upper(part)}`;

/** Variable that says where a restored part is: `DB_HOST`, `DB_PORT`, `FILES_DIR`. */
export const restoredName = (part: string, what: "HOST" | "PORT" | "DIR"): string => `${upper(part)}_${what}`;

/** Variable that carries what was told of rows and files, by the pair's place in the list, from 1. */
export const agreeName = (index: number): string => `AGREE_${index}`;

/** Variable that carries the digest of the set in its second place, by the place's number in the list, from 1. */
export const copiedName = (index: number): string => `COPIED_${index}`;
