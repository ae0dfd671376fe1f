/** Events of a text/event-stream, as the HTML standard cuts them. Only their data and the last id matter here. */
export class EventReader {
  readonly #event: (data: string, id: string | undefined) => void;
  /** A line that has not ended: in pieces, so that a long one is not copied for each. */
  #rest: string[] = [];
  #restSize = 0;
  #data: string[] = [];
  #id: string | undefined;
  #size = 0;
  readonly #most: number;
  #tooLong = false;

  constructor(event: (data: string, id: string | undefined) => void, most: number) {
    this.#event = event;
    this.#most = most;
  }

  /** Id of the last event: where to go on after the connection broke. */
  get last(): string | undefined {
    return this.#id;
  }

  take(text: string): void {
    if (!text.includes("\n") && !text.includes("\r")) {
      this.#keep(text);
      return;
    }
    const lines = (this.#rest.join("") + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = [];
    this.#restSize = 0;
    this.#keep(lines.pop() ?? "");
    for (const line of lines) this.#line(line);
  }

  #keep(text: string): void {
    this.#restSize += text.length;
    if (this.#restSize > this.#most) {
      this.#tooLong = true;
      this.#rest = [];
    } else if (text !== "") this.#rest.push(text);
  }

  #line(line: string): void {
    if (line === "") {
      // Servers begin a stream with an event of nothing but an id.
      if (this.#data.some((data) => data !== "") && !this.#tooLong) this.#event(this.#data.join("\n"), this.#id);
      this.#data = [];
      this.#size = 0;
      this.#tooLong = false;
      return;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line.charAt(colon + 1) === " " ? colon + 2 : colon + 1);
    if (field === "id" && !value.includes("\0")) this.#id = value;
    if (field !== "data") return;
    this.#size += value.length;
    if (this.#size > this.#most) this.#tooLong = true;
    else this.#data.push(value);
  }
}

/** A message as one event. It has no newlines: those that JSON allows between its parts are taken out where it is read. */
export const eventOf = (line: string | Buffer): string =>
  `event: message\ndata: ${line.toString("utf8").replaceAll("\r", " ")}\n\n`;
