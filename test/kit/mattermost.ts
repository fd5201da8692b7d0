import { mkdirSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { stack, type Stack } from "./compose.ts";
import { ownName, type Docker } from "./docker.ts";

/** The shape of a single host with Mattermost: one nginx for staging and prod, each with app, PostgreSQL and files. */
export interface Host {
  readonly docker: Docker;
  readonly edge: Stack;
  readonly staging: Stack;
  readonly prod: Stack;
  /** Status of an environment's page through the shared nginx. */
  readonly status: (environment: "staging" | "prod") => Promise<number>;
}

/** Stand-in for Mattermost: answers when it reaches its database, leaves a file, and goes deaf when it is sent USR2. */
const APP = `
const { createServer } = require("node:http");
const { connect } = require("node:net");
require("node:fs").appendFileSync("/files/started", "x");
const server = createServer((_, answer) => {
  const socket = connect(5432, "db");
  const end = (status) => { socket.destroy(); answer.writeHead(status).end(String(status)); };
  socket.once("connect", () => end(200)).once("error", () => end(503));
}).listen(8065);
process.on("SIGUSR2", () => server.close(() => setInterval(() => undefined, 60_000)));
`;

const PG = "/usr/lib/postgresql/15/bin";

const environment = (image: string, name: string, network: string): string => `services:
  app:
    image: ${image}
    command: [node, -e, ${JSON.stringify(APP)}]
    init: true
    volumes: ["files:/files"]
    networks: {back: {}, edge: {aliases: ["app-${name}"]}}
    healthcheck: {test: [CMD, curl, -fs, "http://localhost:8065/"], interval: 1s, start_period: 20s, timeout: 5s}
    depends_on: {db: {condition: service_healthy}}
  db:
    image: ${image}
    user: postgres
    command: [sh, -c, "[ -s data/PG_VERSION ] || ${PG}/initdb -D data >/dev/null; exec ${PG}/postgres -D data -h '*'"]
    working_dir: /var/lib/postgresql
    stop_signal: SIGINT
    volumes: ["data:/var/lib/postgresql"]
    networks: [back]
    healthcheck: {test: [CMD, ${PG}/pg_isready, -q], interval: 1s, start_period: 60s, timeout: 5s}
networks:
  back: {}
  edge: {external: true, name: ${network}}
volumes: {files: {}, data: {}}
`;

const NGINX = `events {}
http {
  access_log off;
  error_log /dev/stderr;
  ${["staging", "prod"]
    .map((name) => `server { listen 80; server_name ${name}.test; location / { proxy_pass http://app-${name}:8065; } }`)
    .join("\n  ")}
}
`;

const edge = (image: string, network: string): string => `services:
  nginx:
    image: ${image}
    command: [nginx, -g, "daemon off;"]
    init: true
    ports: ["127.0.0.1::80"]
    volumes: ["./conf/nginx.conf:/etc/nginx/nginx.conf:ro"]
    networks: [edge]
    healthcheck: {test: [CMD, nginx, -t, -q], interval: 1s, timeout: 5s}
networks:
  edge: {external: true, name: ${network}}
`;

/** The host, with everything running; undefined when the test is skipped. */
export async function mattermostHost(t: TestContext): Promise<Host | undefined> {
  const network = ownName("edge");
  const staging = await stack(t, (docker) => environment(docker.image("svc"), "staging", network));
  const prod = await stack(t, (docker) => environment(docker.image("svc"), "prod", network));
  const front = await stack(t, (docker) => edge(docker.image("svc"), network));
  if (!staging || !prod || !front) return undefined;
  const { docker } = front;
  docker.docker("network", "create", network);
  t.after(() => void docker.docker("network", "rm", network));
  mkdirSync(join(front.directory, "conf"));
  front.write("conf/nginx.conf", NGINX);
  for (const one of [staging, prod, front]) one.compose("up", "-d", "--wait");
  const status = (name: "staging" | "prod"): Promise<number> => {
    // The port is another one after each restart.
    const [address] = front.compose("port", "nginx", "80").trim().split("\n");
    return new Promise((resolve, reject) => {
      // fetch does not let anybody say whom it asks for.
      get(`http://${address}/`, { headers: { host: `${name}.test` } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      }).once("error", reject);
    });
  };
  return { docker, edge: front, staging, prod, status };
}
