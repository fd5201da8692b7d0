import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Refused } from "./api/client.ts";
import { bookNow, status } from "./api/queries.ts";
import { session } from "./api/session.ts";
import { openingLang, PrefsProvider } from "./app/prefs.tsx";
import { makeRouter, preloadPage } from "./app/router.tsx";
import { textsIn } from "./i18n/texts.ts";
import "./theme.css";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      // The stream says when something is old; asking at each look would only load the daemon.
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      retry: (failures, error) => !(error instanceof Refused) && failures < 2,
      retryDelay: 400,
    },
  },
});
const router = makeRouter();
const lang = openingLang();
// Words, the page's own code and what it shows first are asked for side by side.
for (const query of [session(), bookNow(lang), status(lang)]) void client.prefetchQuery(query as never);
preloadPage(router);
const texts = await textsIn(lang);
const at = document.querySelector("#root");
if (at === null) throw new Error("index.html has no #root");
createRoot(at).render(
  <StrictMode>
    <PrefsProvider texts={texts}>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </PrefsProvider>
  </StrictMode>,
);
