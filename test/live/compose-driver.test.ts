import type { TestContext } from "node:test";
import { stack, type Stack } from "../kit/compose.ts";
import { driverSuite, type DriverWorld } from "../suites/driver.ts";

/** Two images that differ: the base image under a second name with one more label. */
function images({ docker }: Stack): readonly [string, string] {
  const id = (name: string): string => docker.docker("image", "inspect", "--format", "{{.Id}}", name).trim();
  return [id(docker.image("base")), id(docker.image("host"))];
}

const service = (image: string, more: string): string => `services:
  web:
    image: ${image}
    command: sleep infinity
    init: true
    stop_grace_period: 1s
    ${more}
`;
const HEALTHY = 'healthcheck: {test: ["CMD", "true"], interval: 1s}';

async function world(t: TestContext): Promise<DriverWorld | undefined> {
  const made = await stack(t, (docker) => service(docker.image("base"), HEALTHY));
  if (!made) return undefined;
  const [first, second] = images(made);
  made.compose("up", "-d", "--wait");
  const reach = await made.open();
  return {
    reach,
    thing: "web",
    versions: [
      { name: "web", version: first },
      { name: "web", version: second },
    ],
    impossible: { name: "web", version: "127.0.0.1:1/no/such:image" },
    trace: () =>
      Promise.resolve(
        made.docker.docker("inspect", "--format", "{{.Id}} {{.State.StartedAt}}", `${made.project}-web-1`) +
          made.docker.docker("exec", `${made.project}-web-1`, "true"),
      ),
    meddle: () => {
      made.compose("up", "-d", "--scale", "web=2");
      return Promise.resolve();
    },
    blind: () => {
      made.write("compose.yaml", service(made.docker.image("base"), "labels: {blind: yes}"));
      made.compose("up", "-d", "--wait");
      return Promise.resolve();
    },
    unreachable: () => made.open({ env: { ...made.docker.env, DOCKER_HOST: "unix:///nowhere/docker.sock" } }),
  };
}

driverSuite("compose", world);
