import { sql as first } from "./0001.ts";
import { sql as second } from "./0002.ts";
import { sql as third } from "./0003.ts";
import { sql as outcomes } from "./0051.ts";
import { sql as audit } from "./0054.ts";

/** Every schema step in order; number n makes version n. A step that was released is never changed. */
export const migrations: readonly string[] = [first, second, third, outcomes, audit];
