import { join } from "node:path";

/** Where one output lies: its text, and the index of its lines, which short ones do without. */
export interface Place {
  readonly text: string;
  readonly index: string;
}

/** Longest name, so that it fits a file name with its ending; bytes. */
const NAME_BYTES = 240;

/** Throws TypeError for a name that would not be a file in that folder: names are made by the program. */
export function placeOf(folder: string, name: string): Place {
  if (!/^[^./\0][^/\0]*$/.test(name) || Buffer.byteLength(name) > NAME_BYTES) throw new TypeError(`no name: ${name}`);
  return new LatePlace(folder, name);
}

/** Most attempts say nothing: their paths are never asked for. */
class LatePlace implements Place {
  readonly #folder: string;
  readonly #name: string;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
  }

  get text(): string {
    return join(this.#folder, `${this.#name}.log`);
  }

  get index(): string {
    return join(this.#folder, `${this.#name}.lines`);
  }
}
