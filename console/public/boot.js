// Before the first paint: the reader's theme and language, so that nothing flashes. Runs by itself, as old as the page. After
// the first paint: the page's own script. While Vite serves the page it stands in the page itself.
(() => {
  const { main } = document.currentScript.dataset;
  const LATE = "watchbook.late";
  const TIMES = 3;
  const SAY = ["Part of this page did not arrive.", "此页面有一部分没有传到。"];
  const kept = (look) => {
    try {
      return look();
    } catch {
      // Storage is forbidden here.
      return undefined;
    }
  };
  // Of a script that did not arrive a browser may keep that it did not: the whole page is loaded anew, each time later, and only
  // once the daemon answers. In the end the reader is told what else there is. A page that has begun says itself what it lacks.
  const late = (error) => {
    const first = document.querySelector(".first");
    if (first === null) throw error;
    const times = kept(() => Number(sessionStorage.getItem(LATE))) ?? TIMES;
    const again = times >= TIMES ? 0 : times + 1;
    kept(() => sessionStorage.setItem(LATE, String(again)));
    const said = document.createElement("p");
    said.role = "alert";
    first.append(said);
    if (again > 0) {
      said.textContent = `${SAY[0]} It is asked for again … ${SAY[1]}正在重新加载……`;
      const anew = async () => {
        try {
          await fetch("/", { method: "HEAD" });
          location.reload();
        } catch {
          setTimeout(anew, 2_000);
        }
      };
      setTimeout(anew, 250 * 4 ** times);
      return;
    }
    const plain = document.createElement("a");
    plain.href = "/plain";
    plain.textContent = "Plain page 简易页面";
    said.append(`${SAY[0]} Load it again, or use the plain page. ${SAY[1]}请重新加载，或使用简易页面。 `, plain);
    throw error;
  };
  // A style sheet that did not arrive is asked for again by itself.
  addEventListener(
    "error",
    ({ target }) => {
      if (target instanceof HTMLLinkElement && target.rel === "stylesheet")
        setTimeout(() => target.replaceWith(target.cloneNode()), 1_000);
    },
    true,
  );
  let begun = main === undefined;
  const begin = () => {
    if (begun) return;
    begun = true;
    import(main).then(() => kept(() => sessionStorage.removeItem(LATE)), late);
  };
  // The style sheet is there when the whole page is. A page that nobody looks at has no frames.
  addEventListener("DOMContentLoaded", () => {
    if (document.hidden) begin();
    else requestAnimationFrame(() => setTimeout(begin));
    setTimeout(begin, 300);
  });
  const root = document.documentElement;
  // Without storage the system's theme and the book's language hold.
  kept(() => {
    const theme = localStorage.getItem("watchbook.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    const lang = localStorage.getItem("watchbook.lang");
    if (lang === "en" || lang === "zh") root.lang = lang === "zh" ? "zh-CN" : "en";
  });
})();
