import { useEffect, type ReactElement } from "react";

/**
 * Stands in for the package `react-style-singleton`: while somebody shows it, its rules hold. A constructed style sheet is
 * no markup, so the policy of our pages allows it.
 */
export function stylesheetSingleton(): { add(rules: string): void; remove(): void } {
  let users = 0;
  let sheet: CSSStyleSheet | undefined;
  return {
    add(rules) {
      users += 1;
      if (users > 1) return;
      sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      document.adoptedStyleSheets.push(sheet);
    },
    remove() {
      users -= 1;
      if (users === 0) document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    },
  };
}

export function styleHookSingleton(): (rules: string) => void {
  const sheet = stylesheetSingleton();
  return (rules) => {
    useEffect(() => {
      sheet.add(rules);
      return () => sheet.remove();
    }, [rules]);
  };
}

export function styleSingleton(): (given: { readonly styles: string }) => ReactElement | null {
  const useStyle = styleHookSingleton();
  return function Sheet({ styles }) {
    useStyle(styles);
    return null;
  };
}
