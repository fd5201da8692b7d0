import type { Artefact } from "../../model/block.ts";
import { filePieces, shebangAt } from "./fence/files.ts";
import { fileForm } from "./fence/shapes.ts";
import type { Recogniser } from "./recogniser.ts";

/**
 * Files that the manual carries: scripts, units, configuration, each with the path where it is to be installed. A block
 * that mixes commands with a file gives its file as well; the block itself stays ambiguous.
 */
export const artefacts: Recogniser = {
  name: "artefacts",
  run(page) {
    const found: Artefact[] = [];
    page.blocks.forEach((block, index) => {
      if (block.kind !== "file" || block.state === "ignored") return;
      const lines = block.text.replace(/\n$/, "").split("\n");
      const title = block.attributes["title"] ?? block.attributes["filename"] ?? block.attributes["file"];
      const pieces = filePieces(lines);
      for (const piece of pieces)
        found.push({
          path: piece.path,
          source: { file: page.file, line: block.source.line + 1 + piece.named },
          block: index,
          form: fileForm(piece.path, piece.lines, piece.shebang !== undefined),
          ...(piece.shebang ? { shebang: piece.shebang } : {}),
          content: `${piece.lines.join("\n")}\n`,
        });
      if (pieces.length === 0 && title !== undefined && /^[/~]/.test(title)) {
        const shebang = shebangAt(lines) === 0 ? lines[0] : undefined;
        found.push({
          path: title,
          source: block.source,
          block: index,
          form: fileForm(title, lines, shebang !== undefined),
          ...(shebang ? { shebang } : {}),
          content: block.text,
        });
      }
    });
    return { artefacts: found };
  },
};
