import type { Problem } from "../../src/api/contract.ts";
import type { Lang } from "../../src/model/lang.ts";

/** What the server said no to: code, sentence, next action. */
export class Refused extends Error {
  readonly problem: Pick<Problem, "code" | "say" | "fix" | "status">;
  constructor(problem: Refused["problem"]) {
    super(`${problem.code}: ${problem.say}`);
    this.name = "Refused";
    this.problem = problem;
  }
}

/** Nobody answered. */
export class Lost extends Error {
  constructor(cause: unknown) {
    super("no answer", { cause });
    this.name = "Lost";
  }
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Address of a route with its query; what is undefined is left out. */
export function address(path: string, query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}

async function answered(response: Promise<Response>, also: readonly number[] = []): Promise<Response> {
  const answer = await response.catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Lost(error);
  });
  if (answer.ok || also.includes(answer.status)) return answer;
  const said = (await answer.json().catch(() => undefined)) as Problem | undefined;
  const { status, statusText } = answer;
  throw new Refused(said?.code === undefined ? { code: `HTTP-${status}`, say: statusText, fix: "", status } : said);
}

/** Reads a route. Throws Refused, or Lost when nobody answers. `also`: statuses besides 2xx that come with the same body. */
export async function read<T>(path: string, query: Query, signal?: AbortSignal, also?: readonly number[]): Promise<T> {
  const asked = fetch(address(path, query), { headers: { accept: "application/json" }, ...(signal && { signal }) });
  return (await (await answered(asked, also)).json()) as T;
}

/** Bytes of a file. Throws Refused, or Lost when nobody answers. */
export async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await answered(fetch(path))).arrayBuffer());
}

export interface Act {
  readonly method?: "POST" | "DELETE" | "PUT";
  readonly body?: unknown;
  readonly lang: Lang;
  /** Of the session; absent: nobody is signed in, and the server will say so. */
  readonly csrf?: string | undefined;
}

/** Does something. Throws Refused, or Lost when nobody answers: then it is unknown whether it was done. */
export async function act<T>(path: string, { method = "POST", body, lang, csrf }: Act): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json", "content-type": "application/json" };
  if (csrf !== undefined) headers["x-watchbook-csrf"] = csrf;
  const sent = fetch(address(path, { lang }), { method, headers, body: JSON.stringify(body ?? {}) });
  const answer = await answered(sent);
  return (answer.status === 204 ? undefined : await answer.json()) as T;
}
