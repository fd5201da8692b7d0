import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { Broken } from "./broken.tsx";
import { Shell } from "./shell.tsx";
import { NotFound } from "./not-found.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const parent = { getParentRoute: () => root } as const;

const today = createRoute({
  ...parent,
  path: "/",
  component: lazyRouteComponent(() => import("../pages/today/page.tsx"), "TodayPage"),
});

const alerts = createRoute({
  ...parent,
  path: "/alerts",
  component: lazyRouteComponent(() => import("../pages/alerts/page.tsx"), "AlertsPage"),
});
const alert = createRoute({
  ...parent,
  path: "/alerts/$id",
  component: lazyRouteComponent(() => import("../pages/alerts/alert-page.tsx"), "AlertPage"),
});
const duties = createRoute({
  ...parent,
  path: "/duties",
  component: lazyRouteComponent(() => import("../pages/duties/page.tsx"), "DutiesPage"),
});
const duty = createRoute({
  ...parent,
  path: "/duties/$id",
  component: lazyRouteComponent(() => import("../pages/duties/duty-page.tsx"), "DutyPage"),
});
const manual = createRoute({
  ...parent,
  path: "/manual",
  component: lazyRouteComponent(() => import("../pages/manual/page.tsx"), "ManualPage"),
});
const document = createRoute({
  ...parent,
  path: "/manual/file/$",
  component: lazyRouteComponent(() => import("../pages/manual/document-page.tsx"), "DocumentPage"),
});
const runs = createRoute({
  ...parent,
  path: "/runs",
  component: lazyRouteComponent(() => import("../pages/runs/page.tsx"), "RunsPage"),
});
const plan = createRoute({
  ...parent,
  path: "/runs/new/$runbook",
  component: lazyRouteComponent(() => import("../pages/runs/plan-page.tsx"), "PlanPage"),
});
const run = createRoute({
  ...parent,
  path: "/runs/$id",
  component: lazyRouteComponent(() => import("../pages/runs/run-page.tsx"), "RunPage"),
});
const signIn = createRoute({
  ...parent,
  path: "/sign-in",
  validateSearch: ({ next, problem }: Record<string, unknown>): { next?: string; problem?: string } => ({
    ...(typeof next === "string" ? { next } : {}),
    ...(typeof problem === "string" ? { problem } : {}),
  }),
  component: lazyRouteComponent(() => import("../pages/sign-in/page.tsx"), "SignInPage"),
});

export const makeRouter = () =>
  createRouter({
    routeTree: root.addChildren([today, alerts, alert, duties, duty, manual, document, runs, plan, run, signIn]),
    defaultErrorComponent: Broken,
    defaultPreload: "intent",
    scrollRestoration: true,
  });

/** Asks for the code of the page that the address names, while words and data are on their way too. */
export function preloadPage(router: ReturnType<typeof makeRouter>): void {
  const routes: Readonly<Record<string, { readonly options: object } | undefined>> = router.routesById;
  for (const { routeId } of router.matchRoutes(router.latestLocation) as readonly { readonly routeId: string }[]) {
    const options: { readonly component?: { preload?(): Promise<unknown> } } = routes[routeId]?.options ?? {};
    const { component } = options;
    // What cannot be had now is asked for again when the page is drawn, and said there.
    component?.preload?.().catch(() => undefined);
  }
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
