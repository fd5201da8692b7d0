import type { Reach } from "../../../model/target.ts";
import { textOf } from "../driver/file.ts";

/** File of ours in the project's folder: images that were asked for by digest. */
export const PINS = "compose.watchbook.yaml";

/** What Compose looks for when it is told no file, in this order (compose-go, cli/options.go). */
const USUAL = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
const OVERRIDES = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

/** Files of a project: those given, those that `.env` names, or the usual ones. Empty: Compose finds them by itself. */
export async function composeFiles(reach: Reach, given: readonly string[]): Promise<readonly string[]> {
  if (given.length > 0) return given;
  const dotenv = (await textOf(reach, ".env")) ?? "";
  const value = (name: string): string | undefined =>
    new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=\\s*["']?([^"'\\n#]*)`, "m").exec(dotenv)?.[1]?.trim();
  const named = value("COMPOSE_FILE");
  if (named) return named.split(value("COMPOSE_PATH_SEPARATOR") ?? ":").filter((file) => file !== "");
  const there = await reach.list(".");
  const first = USUAL.find((name) => there.includes(name));
  const override = OVERRIDES.find((name) => there.includes(name));
  return first === undefined ? [] : [first, ...(override === undefined ? [] : [override])];
}
