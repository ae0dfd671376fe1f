import { composerScripts, packageScripts } from "./script-names.ts";

/** Files that a program looks for by itself, and the code in them. */
export interface ProjectFile {
  /** Names the program is called by. */
  readonly by: readonly string[];
  /** Only with one of these as the first operand. */
  readonly when?: readonly string[];
  /** Names under its folder; `*.tf` is any with that ending, `**` before it any depth. */
  readonly files?: readonly string[];
  /** Options that name the file, or another one. */
  readonly named?: readonly string[];
  /** Any path that its facts say it reads or runs. */
  readonly bound?: true;
  /** Options that move it to another folder. */
  readonly folder?: readonly string[];
  /** Operands are folders to look in: `pip install DIR`. */
  readonly folders?: true;
  readonly language: string;
  /** Tests make up names of files as they go: only what is written out counts. */
  readonly written?: true;
  /** What of the file is asked for; empty: nothing. */
  readonly asked?: (words: readonly string[], program: string) => readonly string[];
}

const PYTHON_BUILDS = ["pip", "pip3", "pipx", "uv", "python -m pip", "python -m build", "build", "pyproject-build"];
const BUNDLERS = ["webpack", "rollup", "vite", "vitest", "next", "nuxt", "astro", "esbuild", "tsup", "gulp", "grunt"];

export const PROJECT_FILES: readonly ProjectFile[] = [
  {
    by: ["npm", "yarn", "pnpm", "bun", "yarnpkg"],
    files: ["package.json"],
    folder: ["--prefix", "-C", "--cwd", "--dir"],
    language: "package-scripts",
    asked: packageScripts,
  },
  {
    by: ["composer", "composer.phar"],
    files: ["composer.json"],
    folder: ["-d", "--working-dir"],
    language: "composer-scripts",
    asked: composerScripts,
  },
  {
    by: ["rake"],
    files: ["Rakefile", "rakefile", "Rakefile.rb", "rakefile.rb"],
    named: ["-f", "--rakefile"],
    folder: ["-C", "--directory"],
    language: "ruby",
  },
  {
    by: ["bundle", "bundler"],
    files: ["Gemfile", "gems.rb", "*.gemspec"],
    named: ["--gemfile"],
    language: "ruby",
  },
  { by: ["vagrant"], files: ["Vagrantfile"], language: "ruby" },
  { by: ["pod"], files: ["Podfile"], language: "ruby" },
  { by: ["fastlane"], files: ["Fastfile", "fastlane/Fastfile"], language: "ruby" },
  { by: ["brew"], when: ["bundle"], files: ["Brewfile"], named: ["--file"], language: "ruby" },
  { by: ["guard"], files: ["Guardfile"], language: "ruby" },
  { by: ["rspec"], files: ["**/*_spec.rb", "**/spec_helper.rb"], language: "ruby", written: true },
  {
    by: PYTHON_BUILDS,
    when: ["install", "wheel", "download", "sync", "build", "pip", "."],
    files: ["setup.py"],
    folders: true,
    language: "python",
  },
  { by: ["python -m build", "build", "pyproject-build"], files: ["setup.py"], folders: true, language: "python" },
  {
    by: ["pytest", "py.test", "python -m pytest"],
    files: ["**/conftest.py", "**/test_*.py", "**/*_test.py"],
    language: "python",
    written: true,
  },
  { by: ["nox", "python -m nox"], files: ["noxfile.py"], named: ["-f", "--noxfile"], language: "python" },
  { by: ["invoke", "inv"], files: ["tasks.py"], language: "python" },
  { by: ["fab"], files: ["fabfile.py"], language: "python" },
  { by: ["scons"], files: ["SConstruct"], named: ["-f"], folder: ["-C"], language: "python" },
  { by: ["flask", "gunicorn", "uvicorn"], files: ["app.py", "wsgi.py", "gunicorn.conf.py"], language: "python" },
  {
    by: BUNDLERS,
    files: ["webpack", "rollup", "vite", "vitest", "next", "nuxt", "astro", "tsup"]
      .flatMap((name) => [".js", ".mjs", ".cjs", ".ts"].map((ending) => `${name}.config${ending}`))
      .concat(["gulpfile.js", "Gruntfile.js"]),
    named: ["-c", "--config", "--gulpfile", "--gruntfile"],
    language: "javascript",
  },
  {
    by: ["eslint"],
    files: [".eslintrc.js", ".eslintrc.cjs", "eslint.config.js", "eslint.config.mjs", "eslint.config.cjs"],
    named: ["-c", "--config"],
    language: "javascript",
  },
  {
    by: ["prettier", "babel", "postcss", "tailwindcss", "stylelint"],
    files: [
      "prettier.config.js",
      ".prettierrc.js",
      "babel.config.js",
      ".babelrc.js",
      "postcss.config.js",
      "tailwind.config.js",
      "stylelint.config.js",
    ],
    language: "javascript",
  },
  {
    by: ["jest", "mocha", "playwright", "cypress"],
    files: ["jest.config.js", "jest.config.cjs", "jest.config.mjs", ".mocharc.js", "playwright.config.js", "cypress.config.js"],
    named: ["-c", "--config"],
    language: "javascript",
  },
  { by: ["npm", "pnpm"], files: [".pnpmfile.cjs"], folder: ["--prefix", "-C"], language: "javascript" },
  {
    by: ["docker-compose", "podman-compose"],
    files: ["docker-compose.yml", "docker-compose.yaml", "compose.yml", "docker-compose.override.yml", "compose.override.yaml"],
    folder: ["--project-directory"],
    language: "compose",
  },
  {
    by: ["docker", "podman", "buildah"],
    when: ["build", "buildx", "bud"],
    files: ["Dockerfile", "Containerfile"],
    folders: true,
    language: "dockerfile",
  },
  { by: ["systemctl"], when: ["link", "enable", "reenable"], bound: true, language: "systemd-unit" },
  { by: ["direnv"], files: [".envrc"], folders: true, language: "shell" },
  { by: ["make", "gmake"], files: ["GNUmakefile", "makefile", "Makefile"], folder: ["-C", "--directory"], language: "make" },
  {
    by: ["cmake", "cmake3", "ctest", "cpack"],
    files: ["**/CMakeLists.txt", "**/*.cmake"],
    folder: ["-S"],
    folders: true,
    language: "cmake",
  },
  {
    by: ["task", "go-task"],
    files: ["Taskfile.yml", "Taskfile.yaml", "taskfile.yml", "taskfile.yaml", "Taskfile.dist.yml"],
    named: ["-t", "--taskfile"],
    folder: ["-d", "--dir"],
    language: "taskfile",
  },
  {
    by: ["just"],
    files: ["justfile", "Justfile", ".justfile"],
    named: ["-f", "--justfile"],
    folder: ["-d"],
    language: "justfile",
  },
  {
    by: ["pre-commit", "python -m pre_commit"],
    when: ["run"],
    files: [".pre-commit-config.yaml"],
    named: ["-c", "--config"],
    language: "pre-commit",
  },
  { by: ["git"], when: ["commit", "push"], files: [".pre-commit-config.yaml"], folder: ["-C"], language: "pre-commit" },
  { by: ["tox", "python -m tox"], files: ["tox.ini"], named: ["-c", "--conf"], language: "tox" },
  { by: ["kubectl", "helm", "k9s", "flux"], files: ["~/.kube/config"], named: ["--kubeconfig"], language: "kubeconfig" },
  { by: ["rtorrent"], files: ["~/.rtorrent.rc"], language: "rtorrent" },
  { by: ["top"], files: ["~/.config/procps/toprc", "~/.toprc", "/etc/topdefaultrc"], language: "toprc" },
  { by: ["tmux"], files: ["~/.tmux.conf", "~/.config/tmux/tmux.conf", "/etc/tmux.conf"], named: ["-f"], language: "tmux" },
  {
    by: ["ssh", "scp", "sftp", "rsync", "ssh-copy-id", "autossh", "mosh"],
    files: ["~/.ssh/config", "/etc/ssh/ssh_config"],
    named: ["-F"],
    language: "ssh-config",
  },
  { by: ["git"], when: ["clone", "fetch", "pull", "push", "ls-remote"], files: ["~/.ssh/config"], language: "ssh-config" },
  { by: ["git"], files: [".git/config", "~/.gitconfig", "~/.config/git/config"], folder: ["-C"], language: "git-config" },
  { by: ["npm", "pnpm"], files: [".npmrc", "~/.npmrc"], folder: ["--prefix", "-C"], language: "npmrc" },
  {
    by: ["npm", "yarn", "pnpm", "node-gyp"],
    when: ["install", "i", "ci", "rebuild", "configure", "build"],
    files: ["binding.gyp"],
    folder: ["--prefix", "-C", "--cwd"],
    language: "gyp",
  },
  {
    by: ["terraform", "tofu", "terragrunt"],
    when: ["apply", "destroy", "plan", "refresh"],
    files: ["*.tf"],
    folder: ["-chdir"],
    language: "terraform",
  },
  {
    by: ["foreman", "honcho", "overmind", "hivemind", "goreman"],
    files: ["Procfile", "Procfile.dev"],
    named: ["-f", "--procfile"],
    language: "procfile",
  },
  { by: ["go"], when: ["generate"], files: ["**/*.go"], language: "go-generate" },
  {
    by: ["supervisord"],
    files: ["/etc/supervisord.conf", "supervisord.conf"],
    named: ["-c", "--configuration"],
    language: "supervisor",
  },
  { by: ["wg-quick"], bound: true, files: [], language: "wireguard" },
  { by: ["logrotate"], bound: true, files: ["/etc/logrotate.conf"], language: "logrotate" },
  { by: ["gdb"], files: [".gdbinit", "~/.gdbinit"], language: "gdb" },
  { by: ["vim", "vi", "nvim", "ex"], files: ["~/.vimrc", ".exrc", "~/.exrc", "~/.config/nvim/init.vim"], language: "vim" },
  { by: ["psql"], files: ["~/.psqlrc"], language: "psql" },
  { by: ["sqlite3"], files: ["~/.sqliterc"], language: "sqlite" },
  { by: ["irb"], files: ["~/.irbrc", ".irbrc"], language: "ruby" },
  {
    by: ["cargo"],
    when: ["build", "run", "test", "check", "install", "b", "r", "t", "c", "clippy", "bench", "doc"],
    files: ["build.rs"],
    language: "rust",
  },
  {
    by: ["gradle", "gradlew"],
    files: ["build.gradle", "build.gradle.kts", "settings.gradle", "init.gradle"],
    named: ["-b", "-I", "--init-script"],
    folder: ["-p", "--project-dir"],
    language: "build-script",
  },
  { by: ["ant"], files: ["build.xml"], named: ["-f", "-buildfile"], language: "build-script" },
  { by: ["meson"], files: ["meson.build"], language: "build-script" },
  { by: ["zig"], when: ["build"], files: ["build.zig"], language: "zig" },
  { by: ["mix"], files: ["mix.exs"], language: "elixir" },
  { by: ["sbt"], files: ["build.sbt"], language: "scala" },
  { by: ["R", "Rscript"], files: [".Rprofile", "~/.Rprofile"], language: "r" },
  { by: PYTHON_BUILDS, files: ["pyproject.toml"], folders: true, language: "pyproject" },
  { by: PYTHON_BUILDS, named: ["-r", "--requirement"], language: "requirements" },
  {
    by: ["npm", "yarn", "pnpm", "bun"],
    when: ["install", "i", "ci", "update"],
    files: ["package.json"],
    folder: ["--prefix", "-C", "--cwd"],
    language: "package-dependencies",
  },
  { by: ["python -m unittest"], files: ["**/test*.py"], language: "python", written: true },
];
