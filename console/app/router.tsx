import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { arrived } from "./arrived.ts";
import { Broken } from "./broken.tsx";
import { Shell } from "./shell.tsx";
import { NotFound } from "./not-found.tsx";
import { filtersIn } from "../pages/changes/asked.ts";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
/** A page whose code is fetched when it is first gone to. */
const page = <T extends Record<string, any>, K extends keyof T>(code: () => Promise<T>, name: K) =>
  lazyRouteComponent(() => arrived(code), name);
const parent = { getParentRoute: () => root } as const;

const today = createRoute({
  ...parent,
  path: "/",
  component: page(() => import("../pages/today/page.tsx"), "TodayPage"),
});

const alerts = createRoute({
  ...parent,
  path: "/alerts",
  component: page(() => import("../pages/alerts/page.tsx"), "AlertsPage"),
});
const alert = createRoute({
  ...parent,
  path: "/alerts/$id",
  component: page(() => import("../pages/alerts/alert-page.tsx"), "AlertPage"),
});
const services = createRoute({
  ...parent,
  path: "/services",
  component: page(() => import("../pages/services/page.tsx"), "ServicesPage"),
});
const service = createRoute({
  ...parent,
  path: "/services/$id",
  validateSearch: ({ check }: Record<string, unknown>): { check?: string } =>
    typeof check === "string" ? { check } : {},
  component: page(() => import("../pages/services/service-page.tsx"), "ServicePage"),
});
const incidents = createRoute({
  ...parent,
  path: "/incidents",
  validateSearch: ({ alert }: Record<string, unknown>): { alert?: string } =>
    typeof alert === "string" ? { alert } : {},
  component: page(() => import("../pages/incidents/page.tsx"), "IncidentsPage"),
});
const incident = createRoute({
  ...parent,
  path: "/incidents/$id",
  component: page(() => import("../pages/incidents/incident-page.tsx"), "IncidentPage"),
});
const review = createRoute({
  ...parent,
  path: "/incidents/$id/review",
  component: page(() => import("../pages/incidents/review-page.tsx"), "ReviewPage"),
});
const problems = createRoute({
  ...parent,
  path: "/incidents/problems",
  component: page(() => import("../pages/problems/page.tsx"), "ProblemsPage"),
});
const problem = createRoute({
  ...parent,
  path: "/incidents/problems/$id",
  component: page(() => import("../pages/problems/problem-page.tsx"), "ProblemPage"),
});
const duties = createRoute({
  ...parent,
  path: "/duties",
  component: page(() => import("../pages/duties/page.tsx"), "DutiesPage"),
});
const duty = createRoute({
  ...parent,
  path: "/duties/$id",
  component: page(() => import("../pages/duties/duty-page.tsx"), "DutyPage"),
});
const manual = createRoute({
  ...parent,
  path: "/manual",
  component: page(() => import("../pages/manual/page.tsx"), "ManualPage"),
});
const document = createRoute({
  ...parent,
  path: "/manual/file/$",
  component: page(() => import("../pages/manual/document-page.tsx"), "DocumentPage"),
});
const runs = createRoute({
  ...parent,
  path: "/runs",
  component: page(() => import("../pages/runs/page.tsx"), "RunsPage"),
});
const plan = createRoute({
  ...parent,
  path: "/runs/new/$runbook",
  component: page(() => import("../pages/runs/plan-page.tsx"), "PlanPage"),
});
const run = createRoute({
  ...parent,
  path: "/runs/$id",
  component: page(() => import("../pages/runs/run-page.tsx"), "RunPage"),
});
const changes = createRoute({
  ...parent,
  path: "/changes",
  validateSearch: filtersIn,
  component: page(() => import("../pages/changes/page.tsx"), "ChangesPage"),
});
const change = createRoute({
  ...parent,
  path: "/changes/$id",
  component: page(() => import("../pages/changes/change-page.tsx"), "ChangePage"),
});
const settings = createRoute({
  ...parent,
  path: "/settings",
  component: page(() => import("../pages/settings/page.tsx"), "SettingsPage"),
});
const people = createRoute({
  ...parent,
  path: "/settings/people",
  component: page(() => import("../pages/settings/people-page.tsx"), "PeoplePage"),
});
const audit = createRoute({
  ...parent,
  path: "/settings/audit",
  component: page(() => import("../pages/settings/audit-page.tsx"), "AuditPage"),
});
const system = createRoute({
  ...parent,
  path: "/settings/system",
  component: page(() => import("../pages/settings/system-page.tsx"), "SystemPage"),
});
const invite = createRoute({
  ...parent,
  path: "/sign-in/invite",
  validateSearch: ({ person }: Record<string, unknown>): { person?: string } =>
    typeof person === "string" ? { person } : {},
  component: page(() => import("../pages/sign-in/invite.tsx"), "InvitePage"),
});
const backups = createRoute({
  ...parent,
  path: "/backups",
  component: page(() => import("../pages/backups/page.tsx"), "BackupsPage"),
});
const evidences = createRoute({
  ...parent,
  path: "/evidence",
  component: page(() => import("../pages/evidence/page.tsx"), "EvidencePage"),
});
const evidence = createRoute({
  ...parent,
  path: "/evidence/$id",
  component: page(() => import("../pages/evidence/evidence-page.tsx"), "OneEvidencePage"),
});
const signIn = createRoute({
  ...parent,
  path: "/sign-in",
  validateSearch: ({ next, problem }: Record<string, unknown>): { next?: string; problem?: string } => ({
    ...(typeof next === "string" ? { next } : {}),
    ...(typeof problem === "string" ? { problem } : {}),
  }),
  component: page(() => import("../pages/sign-in/page.tsx"), "SignInPage"),
});

export const makeRouter = () =>
  createRouter({
    routeTree: root.addChildren([
      today,
      services,
      service,
      alerts,
      alert,
      incidents,
      incident,
      review,
      problems,
      problem,
      duties,
      duty,
      manual,
      document,
      runs,
      plan,
      run,
      changes,
      change,
      backups,
      evidences,
      evidence,
      settings,
      people,
      audit,
      system,
      invite,
      signIn,
    ]),
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
