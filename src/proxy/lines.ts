/** Longest line that is kept; of a longer one only its ends, so that its id may be found. */
export const MOST_MESSAGE = 8 * 1024 * 1024;
const ENDS = 4096;

export interface Long {
  readonly head: Buffer;
  readonly tail: Buffer;
  readonly length: number;
}

/** Cuts what comes in pieces at newlines. Holds at most one line, and of one that is too long nothing but its ends. */
export class Lines {
  readonly #line: (bytes: Buffer) => void;
  readonly #long: (long: Long) => void;
  readonly #most: number;
  #parts: Buffer[] = [];
  #size = 0;
  #head: Buffer = Buffer.alloc(0);
  #tail: Buffer = Buffer.alloc(0);

  constructor(line: (bytes: Buffer) => void, long: (long: Long) => void, most = MOST_MESSAGE) {
    this.#line = line;
    this.#long = long;
    this.#most = most;
  }

  take(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      this.#add(chunk.subarray(start, end));
      this.#end();
      start = end + 1;
    }
    if (start < chunk.length) this.#add(chunk.subarray(start));
  }

  /** What came after the last newline, if anything: half a message. */
  rest(): number {
    return this.#size;
  }

  #add(part: Buffer): void {
    this.#size += part.length;
    if (this.#size <= this.#most) {
      this.#parts.push(part);
      return;
    }
    if (this.#parts.length > 0) {
      const whole = Buffer.concat(this.#parts);
      this.#head = whole.subarray(0, ENDS);
      this.#tail = whole.subarray(-ENDS);
      this.#parts = [];
    }
    if (this.#head.length < ENDS) this.#head = Buffer.concat([this.#head, part.subarray(0, ENDS - this.#head.length)]);
    this.#tail = Buffer.concat([this.#tail, part.subarray(-ENDS)]).subarray(-ENDS);
  }

  #end(): void {
    const { length } = this.#parts;
    const size = this.#size;
    if (size > this.#most) this.#long({ head: Buffer.from(this.#head), tail: Buffer.from(this.#tail), length: size });
    else if (size > 0) this.#line(length === 1 ? (this.#parts[0] ?? Buffer.alloc(0)) : Buffer.concat(this.#parts));
    this.#parts = [];
    this.#size = 0;
    this.#head = Buffer.alloc(0);
    this.#tail = Buffer.alloc(0);
  }
}
