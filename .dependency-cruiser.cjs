/** Which rooms each room may import. Tests may use the test kit as well. */
const rooms = {
  core: [],
  toolchain: [],
  pve: ["core"],
  spec: ["core"],
  emulator: ["core"],
  portal: ["spec"],
  clusters: ["core", "pve"],
  database: ["core"],
  provider: ["core", "pve", "clusters"],
  components: ["core", "provider"],
  plugin: ["core", "provider", "components"],
  engine: ["core", "spec", "database", "clusters", "components", "plugin"],
  scaler: ["core", "pve", "database", "clusters"],
  service: ["core", "spec", "pve", "database", "clusters", "engine", "scaler"],
  cli: ["core", "spec", "pve", "clusters", "plugin", "emulator", "engine", "service", "toolchain"],
};

const testFile = "\\.test\\.ts$";

/** Programs that users copy; they have a rule of their own. */
const templates = "^packages/cli/templates/";

/** Files that tools start by their path; nobody imports them. */
const startedByPath = [
  testFile,
  "\\.d\\.ts$",
  "\\.bench\\.ts$",
  "\\.config\\.(ts|js)$",
  "^(packages|policies)/[^/]+/src/index\\.(ts|js)$",
  "^packages/[^/]+/bin/",
  "^test/architecture/run-checks\\.ts$",
  "^test/bench/run\\.ts$",
  "^generate/generate\\.ts$",
  "(^|/)fixtures/",
  "^(examples|stacks)/",
  templates,
];

function roomRule(room, friends) {
  return {
    name: `room-${room}`,
    comment: `packages/${room} may import ${friends.length > 0 ? friends.join(", ") : "nothing of ours"}.`,
    severity: "error",
    from: { path: `^packages/${room}/`, pathNot: [testFile, templates] },
    to: { path: "^packages/", pathNot: [room, ...friends].map((name) => `^packages/${name}/`) },
  };
}

/** A client's bug must not be mirrored by the emulator that tests it, so not even its tests use the client. */
const emulatorStaysIndependent = {
  name: "emulator-never-imports-the-client",
  severity: "error",
  from: { path: "^packages/emulator/" },
  to: { path: "^packages/(pve|provider)/" },
};

const handlersThroughTheirSubPath = {
  name: "handlers-only-through-their-sub-path",
  comment: "The entry of the components must not load the Proxmox client; src/handlers.ts is the sub-path.",
  severity: "error",
  from: { path: "^packages/components/src/", pathNot: ["^packages/components/src/handlers\\.ts$", testFile] },
  to: { path: "^packages/provider/(src|dist)/handlers(\\.|/)" },
};

module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(([room, friends]) => roomRule(room, friends)),
    emulatorStaysIndependent,
    handlersThroughTheirSubPath,
    {
      name: "entry-only",
      comment: "Another package is entered through its exports map, never by a path into its sources.",
      severity: "error",
      from: { path: "^packages/([^/]+)/" },
      to: { path: "^packages/[^/]+/src/", pathNot: "^packages/$1/" },
    },
    {
      name: "resource-imports-no-sibling",
      comment: "What two resources need is in clusters, in core or in the kit.",
      severity: "error",
      from: { path: "^packages/provider/src/resources/([^/]+)/" },
      to: { path: "^packages/provider/src/resources/", pathNot: "^packages/provider/src/resources/$1/" },
    },
    {
      name: "testkit-in-tests-only",
      severity: "error",
      from: { path: "^packages/", pathNot: [testFile, "^packages/testkit/"] },
      to: { path: "^packages/testkit/" },
    },
    {
      name: "program-imports-components-only",
      comment: "Stacks and examples show what a user would write.",
      severity: "error",
      from: { path: ["^(stacks|examples)/", templates], pathNot: testFile },
      to: { path: "^packages/", pathNot: "^packages/(components|spec)/" },
    },
    {
      name: "policy-imports-core-and-spec-only",
      severity: "error",
      from: { path: "^policies/" },
      to: { path: "^packages/", pathNot: "^packages/(core|spec)/" },
    },
    {
      name: "policy-imported-by-nobody",
      comment: "A pack starts to serve when it is loaded.",
      severity: "error",
      from: { path: "^(?:policies/([^/]+)/|)" },
      to: { path: "^policies/", pathNot: "^policies/$1/" },
    },
    {
      name: "test-imported",
      comment: "What several tests share is a module of its own.",
      severity: "error",
      from: {},
      to: { path: testFile },
    },
    { name: "cycle", severity: "error", from: {}, to: { circular: true } },
    {
      name: "orphan",
      comment: "Nobody imports it and it imports nothing.",
      severity: "error",
      from: { orphan: true, pathNot: startedByPath },
      to: {},
    },
    { name: "unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "/dist/"] },
    exclude: { path: ["/dist/.*\\.map$", "^test/fidelity/recordings/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.tests.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "node", "default"],
      mainFields: ["module", "main", "types"],
    },
  },
};
