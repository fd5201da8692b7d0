import { z } from "zod";
import { defineFault } from "../../model/fault.ts";
import { COMPOSE, KUBERNETES } from "./bad-image/program.ts";
import { inject, remove } from "./program/program.ts";

const name = z.string().regex(/^[a-zA-Z0-9][\w.-]*$/, "service-name");
const params = z
  .strictObject({
    compose: z
      .strictObject({
        directory: z
          .string()
          .regex(/^\/[^\p{Cc}]*$/u, "file-path")
          .describe("Directory of the Compose project on the target."),
        service: name.describe("Its service; its container is removed and cannot be made again."),
      })
      .optional()
      .describe("A service of a Compose project."),
    kubernetes: z
      .strictObject({
        namespace: name.describe("Namespace."),
        deployment: name.describe("Deployment; its old pods stay as long as its strategy says."),
        container: name.describe("Container of its pods."),
      })
      .optional()
      .describe("A deployment, through kubectl on the target."),
    image: z
      .string()
      .regex(/^[\w./:@-]+$/, "image")
      .default("127.0.0.1:1/watchbook/no-such-image:none")
      .describe("The image that cannot be had."),
  })
  .refine(({ compose, kubernetes }) => (compose === undefined) !== (kubernetes === undefined), "compose-or-kubernetes");
type Params = z.infer<typeof params>;

const valuesOf = ({ compose, kubernetes, image }: Params): Record<string, string> => ({
  WB_IMAGE: image,
  ...(compose && { WB_DIRECTORY: compose.directory, WB_SERVICE: compose.service }),
  ...(kubernetes && {
    WB_NAMESPACE: kubernetes.namespace,
    WB_DEPLOYMENT: kubernetes.deployment,
    WB_CONTAINER: kubernetes.container,
  }),
});

function view({ compose, kubernetes, image }: Params): string {
  if (compose) return `docker compose up ${compose.service} (${compose.directory}), image ${image}`;
  const { namespace, deployment, container } = kubernetes!;
  return `kubectl -n ${namespace} set image deployment/${deployment} ${container}=${image}`;
}

/** A service is given an image that cannot be had. */
export const badImageFault = defineFault<Params>({
  kind: "bad-image",
  params,
  view,
  inject: (given, context, limitMs) =>
    inject({ values: valuesOf(given), ...(given.compose ? COMPOSE : KUBERNETES) }, context, limitMs),
  remove: (_, context) => remove(context),
});
