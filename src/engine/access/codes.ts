import { createHash, randomBytes } from "node:crypto";

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** 256 random bits. */
export const secretToken = (): string => randomBytes(32).toString("base64url");

/** Letters and digits that nobody mixes up when they are read aloud: 5 bits each. */
const LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/** A code for people, `ABCDE-…`: groups of five letters of 5 random bits. */
export const spokenCode = (groups: number): string =>
  Array.from({ length: groups }, () =>
    [...randomBytes(5)].map((byte) => LETTERS[byte % LETTERS.length]!).join(""),
  ).join("-");

/** As it was given out, however it was typed. */
export const typedCode = (text: string): string => text.toUpperCase().replaceAll(/[^0-9A-Z]/g, "");

export const codeDigest = (text: string): string => sha256(typedCode(text));
