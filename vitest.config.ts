import { defineConfig } from "vitest/config";

// Engine-heavy suites live in test/e2e and test/fidelity; everything else is a matter of milliseconds.
export default defineConfig({
  test: {
    include: [
      "packages/*/src/**/*.test.ts",
      "policies/*/src/**/*.test.ts",
      "test/**/*.test.ts",
      "generate/**/*.test.ts",
    ],
    exclude: ["**/node_modules/**", "**/dist/**", "test/fidelity/recordings/**"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
