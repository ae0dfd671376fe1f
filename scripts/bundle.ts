import type { BuildOptions } from "esbuild";

/** How the package is bundled: what is measured is bundled the same way. */
export const BUNDLE: BuildOptions = {
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  minifySyntax: true,
  minifyWhitespace: true,
};
