/** Every bound of the analysis. Reaching one is a doubt of kind `limit`, never a pass and never an exception. */
export const LIMITS = {
  /** UTF-16 code units of one input. bash -c takes at most 131,071 bytes; longer scripts are judged statement by statement up to this. */
  inputLength: 1_048_576,
  /** Length of text that is itself an argument to an interpreter. */
  nestedLength: 131_072,
  /** Substitutions, groups and quotes inside one another, in one text. */
  nesting: 200,
  /** Openers `$(`, `${`, `<(`, backtick, `((`, `<<` in one text. */
  openers: 20_000,
  /** Times the parser may read a code unit of one text again because of nesting, on average. */
  rereading: 16,
  /** Texts a value may be before it blurs to unknown. */
  alternatives: 64,
  /** Words one word may expand to. */
  words: 1_024,
  /** Words of one command that are looked at. */
  arguments: 4_096,
  /** Length of one computed text. */
  textLength: 131_072,
  /** Length of a text that code of another language joins, and known parts and holes it may have. */
  joinedLength: 4_194_304,
  pieces: 4_096,
  /** Shells within shells, functions, sourced files, wrappers. */
  depth: 48,
  /** Commands walked, loops unrolled included; text read again, arrays copied and names with holes count too, by their size. */
  steps: 20_000,
  /** Elementary steps of word expansion: characters matched, texts joined. */
  expansion: 4_000_000,
  /** `*` in one pattern that is matched. */
  stars: 16,
  /** Commands on one line. */
  commandsOfLine: 48,
  /** Iterations of one unrolled loop. */
  iterations: 64,
  /** Effects, edges, flows and findings kept. */
  effects: 8_192,
  doubts: 512,
  edges: 16_384,
  flows: 4_096,
} as const;
