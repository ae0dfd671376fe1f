import type { Io } from "./io.ts";

const EVERY_MS = 100;

/** A line on stderr that is written over, for people who wait; none where stderr is no terminal. */
export class Progress {
  private readonly write: Io["progress"];
  private next = 0;
  private shown = false;

  constructor(io: Io) {
    this.write = io.progress;
  }

  show(text: () => string): void {
    const now = Date.now();
    if (!this.write || now < this.next) return;
    // A run that is over at once shows nothing.
    if (this.next > 0) {
      this.write(`\r\u001b[K${text()}`);
      this.shown = true;
    }
    this.next = now + EVERY_MS;
  }

  clear(): void {
    if (this.shown) this.write?.("\r\u001b[K");
    this.shown = false;
  }
}
