import type { Context } from "hono";
import { WatchbookError } from "../../model/error.ts";

/** The body of a request of another system. Rejects with INBOUND-JSON for what is none. */
export async function jsonOf(c: Context): Promise<unknown> {
  try {
    return await c.req.json();
  } catch (error) {
    if (error instanceof SyntaxError) throw new WatchbookError("INBOUND-JSON", {}, { cause: error });
    throw error;
  }
}
