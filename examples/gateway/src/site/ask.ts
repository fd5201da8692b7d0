import { Failure } from "../failure.ts";

/** How long a control port may take, milliseconds: a frozen process accepts connections and never answers. */
const LIMIT_MS = 2_000;

/** Asks a control port. Throws Failure no-answer, refused. */
export async function ask<T>(port: number, route: string, method: "GET" | "POST" = "GET"): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`http://127.0.0.1:${port}${route}`, { method, signal: AbortSignal.timeout(LIMIT_MS) });
  } catch (error) {
    throw new Failure("no-answer", { port, reason: ((error as Error).cause as Error | undefined)?.message ?? "time" });
  }
  const body = (await response.json()) as T & { failed?: string };
  if (!response.ok) throw new Failure("refused", { port, route, reason: body.failed });
  return body;
}
