import type { Renderer, RenderedFile, RenderInput, Validation } from "../../model/renderer.ts";
import { apm, business, infrastructure, ofService } from "./grafana/boards.ts";
import { boardJson, type Board } from "./grafana/board.ts";
import { yamlFile } from "./text/yaml.ts";

const FOLDER = "grafana/dashboards";
const QUERIES = "grafana/queries.yml";
const PROMTOOL: Validation = { argv: ["promtool", "check", "rules", QUERIES], installs: "prometheus" };

/** Every query as a rule that records it: that is how promtool reads one. */
const queries = (boards: readonly Board[]) => ({
  groups: boards.map(({ uid, panels }) => ({
    name: uid,
    rules: panels.flatMap((panel, at) =>
      panel.queries.map(({ expr }, index) => ({ record: `watchbook:panel_${at}_${index}`, expr })),
    ),
  })),
});

const providers = {
  apiVersion: 1,
  providers: [
    {
      name: "watchbook",
      type: "file",
      allowUiUpdates: false,
      options: { path: "/var/lib/grafana/dashboards/watchbook" },
    },
  ],
};
const source = {
  apiVersion: 1,
  datasources: [
    { name: "Prometheus", type: "prometheus", access: "proxy", url: "http://localhost:9090", isDefault: true },
  ],
};

function files(boards: readonly Board[], { book }: RenderInput): readonly RenderedFile[] {
  const about = `${book.title} · ${book.digest}`;
  return [
    ...boards.map((board) => ({
      path: `${FOLDER}/${board.uid}.json`,
      text: boardJson(board, about),
      validate: PROMTOOL,
    })),
    { path: "grafana/provisioning/dashboards/watchbook.yml", text: yamlFile(book, providers) },
    { path: "grafana/provisioning/datasources/watchbook.yml", text: yamlFile(book, source) },
    { path: QUERIES, text: yamlFile(book, queries(boards)), staged: true },
  ];
}

/** Every board of a book. */
export const boardsOf = (input: RenderInput): readonly Board[] => [
  ...[business(input), apm(input), infrastructure(input)],
  ...input.book.services.map((service) => ofService(service, input)),
];

/** Boards for the business, for requests, for machines and databases, and one for each service of the book. */
export const grafanaRenderer: Renderer = {
  kind: "grafana",
  render: (input) => ({ files: files(boardsOf(input), input), left: [] }),
};
