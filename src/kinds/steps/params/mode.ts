import { z } from "zod";

/** Permissions in octal: `0640`. */
export const mode = z.string().regex(/^0?[0-7]{3,4}$/, "mode");

/** An absolute path that names a file, not a folder; no line ends or other control characters. */
export const filePath = z.string().regex(/^\/(?:[^\p{Cc}]*[^/\p{Cc}])?$/u, "file-path");

/** User or group, by name or number. */
export const owner = z
  .union([z.string().regex(/^[A-Za-z_][\w.@-]*\$?$|^\d+$/, "owner"), z.int().nonnegative()])
  .transform(String);

/** A file of the book: relative to its root and below it. */
export const bookPath = z
  .string()
  .min(1)
  .refine((path) => !path.startsWith("/") && !path.split("/").includes(".."), "book-path");
