import { parse } from "yaml";
import { ask, type Project } from "./command.ts";

/** The name Compose gives a project that was not given one: its file's, or the folder's, in small letters. */
export async function projectName(project: Project, signal: AbortSignal): Promise<string> {
  const { name } = parse(await ask(project, ["config", "--format", "json"], signal)) as { name: string };
  return name;
}
