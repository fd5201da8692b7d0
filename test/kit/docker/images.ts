import { createHash } from "node:crypto";
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { cache, must } from "./place.ts";
import type { Engine } from "./engine.ts";

/** Packages of each image and the image it lies on. `base` comes from mmdebstrap. */
const IMAGES = {
  base: { on: undefined, packages: ["ca-certificates", "curl", "procps"] },
  /** What holds a pod together: nothing but a process that waits. */
  pause: { on: "base", packages: [] },
  /** nginx, PostgreSQL 15, Node.js. */
  svc: { on: "base", packages: ["nginx-light", "postgresql", "nodejs"] },
  /** A host with systemd. */
  host: {
    on: "base",
    packages: [
      "systemd",
      "systemd-sysv",
      "libpam-systemd",
      "dbus",
      "openssh-server",
      "sudo",
      "logrotate",
      "cron",
      "iproute2",
    ],
  },
} as const;
export type ImageName = keyof typeof IMAGES;

const SLIM = ["man", "doc", "locale"].map((folder) => `path-exclude=/usr/share/${folder}/*`);

function tag(name: ImageName): string {
  const { on, packages } = IMAGES[name];
  const digest = createHash("sha256").update(`${on === undefined ? "" : tag(on)} ${packages.join(" ")}`);
  return `watchbook-test/${name}:${digest.digest("hex").slice(0, 12)}`;
}

function importBase(engine: Engine): void {
  const tar = join(cache("docker"), "base.tar");
  if (!existsSync(tar)) {
    const options = [...SLIM, "force-unsafe-io"].map((option) => `--dpkgopt=${option}`);
    const include = `--include=${IMAGES.base.packages.join(",")}`;
    must(["mmdebstrap", "--variant=minbase", include, ...options, "bookworm", `${tar}.new.tar`]);
    renameSync(`${tar}.new.tar`, tar);
  }
  engine.docker("import", tar, tag("base"));
}

/** The tag of an image that is there; made when it is not (about a minute each, kept in the cache). */
export function image(engine: Engine, name: ImageName): string {
  const wanted = tag(name);
  if (engine.docker("images", "-q", wanted).trim() !== "") return wanted;
  const { on, packages } = IMAGES[name];
  if (on === undefined) importBase(engine);
  else {
    const dockerfile = [
      `FROM ${image(engine, on)}`,
      'CMD ["sleep", "infinity"]',
      ...(packages.length > 0 ? [install(packages)] : []),
      "",
    ].join("\n");
    must(["docker", "build", "-q", "--network", "host", "-t", wanted, "-"], {
      input: dockerfile,
      env: { ...engine.env, DOCKER_BUILDKIT: "0" },
    });
  }
  return wanted;
}

const install = (packages: readonly string[]): string =>
  // Services of the packages are not to start while the image is made.
  "RUN printf '#!/bin/sh\\nexit 101\\n' >/usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d && apt-get update -qq && " +
  `DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${packages.join(" ")} >/dev/null && ` +
  "rm -rf /var/lib/apt/lists/* /var/cache/apt/*.bin";
