import { join } from "node:path";
import { fileOf } from "../debian.ts";
import { cache } from "./place.ts";

/** A configuration folder of the docker CLI with Compose 2 as a plugin: one file that needs no more than libc. */
export function composeFolder(): string {
  const config = cache("docker-config");
  const path = "usr/libexec/docker/cli-plugins/docker-compose";
  fileOf("docker-compose", path, join(config, "cli-plugins", "docker-compose"));
  return config;
}
